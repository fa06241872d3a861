namespace NetCore.Native;

/// <summary>What a system call answered: a value, or an error and no value.</summary>
/// <param name="Value">Bytes, a descriptor, a count; 0 when there is an error.</param>
/// <param name="Error">The error.</param>
internal readonly record struct SyscallResult(int Value, Errno Error)
{
    /// <summary>Whether the call did what it was asked to.</summary>
    public bool IsOk => Error == Errno.None;

    /// <summary>It would have had to wait.</summary>
    public bool WouldBlock => Error == Errno.Again;

    public static SyscallResult Failed(Errno error) => new(0, error);
}
