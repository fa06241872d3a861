namespace NetCore.Native.Uring;

/// <summary>What a ring asks the kernel: the seam where tests put faults in.</summary>
/// <remarks>Each call is answered once; interruptions come through.</remarks>
internal unsafe interface IUringCalls
{
    /// <summary>A new ring; its parameters are filled in.</summary>
    SyscallResult Setup(uint entries, ref RingParameters parameters);

    /// <summary>Submits entries and waits for completions; how many entries were taken.</summary>
    /// <param name="ring">The descriptor.</param>
    /// <param name="submit">Entries to take.</param>
    /// <param name="least">Completions to wait for.</param>
    /// <param name="flags">Whether to wait, and what the argument is.</param>
    /// <param name="argument">The timeout; null for none.</param>
    SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument);

    SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count);

    /// <summary>Memory that is shared with the ring; null with an error.</summary>
    SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address);

    void Unmap(byte* address, nuint bytes);

    void Close(int ring);

    /// <summary>Lets the kernel give memory back that it owes.</summary>
    void Pause(int milliseconds);
}
