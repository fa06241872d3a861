namespace NetCore.Transport.Internal;

/// <summary>What an operation of an <see cref="IConnectionIo"/> answers.</summary>
internal readonly record struct IoResult(
    IoStatus Status, int Bytes = 0, TransportError Error = TransportError.None, Exception? Exception = null)
{
    public static IoResult Pending => new(IoStatus.Pending);

    public static IoResult Done(int bytes) => new(IoStatus.Done, bytes);

    public static IoResult Failed(TransportError error, Exception? exception = null) =>
        new(IoStatus.Failed, 0, error, exception);
}
