using Microsoft.Extensions.Logging;

namespace NetCore.Transport.Internal;

/// <summary>Every log message of the transports: one place, one event id each.</summary>
internal sealed partial class TransportLog(ILoggerFactory factory)
{
    private readonly ILogger _logger = factory.CreateLogger("NetCore.Transport");

    [LoggerMessage(1, LogLevel.Debug, "Connection {Id} from {Local} to {Remote} is open.")]
    public partial void Opened(string id, TransportAddress local, TransportAddress remote);

    [LoggerMessage(2, LogLevel.Debug, "Connection {Id} is closed: {Error}. {Detail}")]
    public partial void Closed(string id, TransportError error, string? detail, Exception? exception);

    [LoggerMessage(3, LogLevel.Error, "The receiver of connection {Id} threw in OnClosed.")]
    public partial void OnClosedThrew(string id, Exception exception);

    [LoggerMessage(4, LogLevel.Warning,
        "Connection {Id} waits for memory: the byte budget is used up. It is tried again every 10 ms.")]
    public partial void NoReceiveBlock(string id);

    [LoggerMessage(5, LogLevel.Information, "Listening on {Address}.")]
    public partial void Listening(TransportAddress address);

    [LoggerMessage(6, LogLevel.Information, "No longer listening on {Address}.")]
    public partial void ListenerClosed(TransportAddress address);

    [LoggerMessage(7, LogLevel.Warning,
        "Accepting on {Address} failed: {Error}. It is tried again with growing pauses.")]
    public partial void AcceptFailed(TransportAddress address, TransportError error, Exception exception);

    [LoggerMessage(8, LogLevel.Error, "The accept callback of {Address} threw; that connection is aborted.")]
    public partial void AcceptCallbackThrew(TransportAddress address, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "Removed the stale socket file {Path}.")]
    public partial void StaleFileRemoved(string path);

    [LoggerMessage(EventId = 12, Message = "The engine of tcp and unix addresses is {Backend}: {Reason}.")]
    public partial void EngineChosen(LogLevel level, string backend, string reason);

    [LoggerMessage(13, LogLevel.Error,
        "The kernel does not end {Requests} requests of connection {Id}, which is closed and keeps its descriptor and "
        + "their memory.")]
    public partial void Lost(string id, int requests);

    [LoggerMessage(14, LogLevel.Warning, "The kernel has ended the last request of connection {Id} after all.")]
    public partial void Found(string id);

    [LoggerMessage(15, LogLevel.Warning,
        "{Rings} of {All} rings of io_uring have no buffers, so that each receive is a system call: {Reason}.")]
    public partial void NoBuffers(int rings, int all, string reason);

    [LoggerMessage(10, LogLevel.Error, "The send source of connection {Id} threw; the connection is closed.")]
    public partial void SourceThrew(string id, Exception exception);

    [LoggerMessage(11, LogLevel.Error, "The receiver of connection {Id} threw; the connection is closed.")]
    public partial void ReceiverThrew(string id, Exception exception);
}
