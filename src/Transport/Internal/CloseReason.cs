namespace NetCore.Transport.Internal;

/// <summary>Why a connection closed, as an object, so that the first reason can be set in one step.</summary>
internal sealed class CloseReason(ConnectionClose close)
{
    public static readonly CloseReason InOrder = new(default);

    public ConnectionClose Close { get; } = close;
}
