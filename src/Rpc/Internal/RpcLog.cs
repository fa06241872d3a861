using Microsoft.Extensions.Logging;
using NetCore.Transport;

namespace NetCore.Rpc.Internal;

/// <summary>What the rpc floor logs. Event ids are stable.</summary>
internal static partial class RpcLog
{
    [LoggerMessage(300, LogLevel.Information, "Serving {Methods} methods at {Address} on {Backend}.")]
    public static partial void Listening(ILogger logger, int methods, TransportAddress address, string backend);

    [LoggerMessage(301, LogLevel.Information, "Stopped serving at {Address}; {Aborted} connections had to be aborted.")]
    public static partial void Stopped(ILogger logger, TransportAddress address, int aborted);

    [LoggerMessage(302, LogLevel.Error, "The handler of {Method} failed for a call from {Remote}.")]
    public static partial void HandlerFailed(
        ILogger logger, RpcMethod method, TransportAddress remote, Exception exception);

    [LoggerMessage(303, LogLevel.Warning, "A call from {Remote} names method {Id:x16}, which is not served here.")]
    public static partial void UnknownMethod(ILogger logger, TransportAddress remote, ulong id);

    [LoggerMessage(304, LogLevel.Warning, "A connection from {Remote} was closed: {Count} are served already.")]
    public static partial void TooManyConnections(ILogger logger, TransportAddress remote, int count);

    [LoggerMessage(305, LogLevel.Warning,
        "A one-way call of {Method} waited for its turn until its deadline and was not sent to {Remote}.")]
    public static partial void OneWayDropped(ILogger logger, RpcMethod method, TransportAddress remote);

    [LoggerMessage(306, LogLevel.Warning,
        "The inline method {Method} did not complete at once for a call from {Remote}: let it run in the pool.")]
    public static partial void InlineWentAsync(ILogger logger, RpcMethod method, TransportAddress remote);

    [LoggerMessage(307, LogLevel.Warning,
        "The inline method {Method} holds up the thread of its connections for more than {Milliseconds} ms now. "
        + "It must not block; let it run in the pool.")]
    public static partial void InlineStalls(ILogger logger, RpcMethod method, long milliseconds);

    [LoggerMessage(308, LogLevel.Warning,
        "The code that awaited {Method} holds up its reactor for more than {Milliseconds} ms now. "
        + "It must not block; let it continue in the pool.")]
    public static partial void ContinuationStalls(ILogger logger, RpcMethod method, long milliseconds);

    [LoggerMessage(310, LogLevel.Error, "A connection from {Remote} was closed: making its services failed.")]
    public static partial void NoServices(ILogger logger, TransportAddress remote, Exception exception);

    [LoggerMessage(309, LogLevel.Error, "The continuation of a call of {Method} threw on its reactor.")]
    public static partial void ContinuationThrew(ILogger logger, RpcMethod method, Exception exception);
}
