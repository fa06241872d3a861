namespace NetCore.Native.Uring;

/// <summary>What an enter did.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Error">The error behind that.</param>
internal readonly record struct EnterResult(EnterStatus Status, Errno Error)
{
    public bool IsFatal => Status is EnterStatus.Lost or EnterStatus.Failed;
}
