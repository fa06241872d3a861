using Microsoft.Extensions.Logging;
using NetCore.Transport;

namespace NetCore.PubSub.Internal;

/// <summary>What the pub/sub floor logs. Event ids are stable.</summary>
internal static partial class PubSubLog
{
    [LoggerMessage(400, LogLevel.Information, "Serving topics at {Address} on {Backend}.")]
    public static partial void Listening(ILogger logger, TransportAddress address, string backend);

    [LoggerMessage(401, LogLevel.Warning, "The topics of {Remote} were ended: {Code}. {Detail}")]
    public static partial void PeerFailed(
        ILogger logger, TransportAddress remote, PubSubErrorCode code, string detail);

    [LoggerMessage(402, LogLevel.Warning, "A connection from {Remote} was closed: {Count} are served already.")]
    public static partial void TooManyConnections(ILogger logger, TransportAddress remote, int count);

    [LoggerMessage(403, LogLevel.Error, "The handler of subscription {Pattern} threw.")]
    public static partial void HandlerThrew(ILogger logger, TopicPattern pattern, Exception exception);

    [LoggerMessage(404, LogLevel.Warning, "The broker refused {Count} messages: {Code}.")]
    public static partial void Refused(ILogger logger, long count, PubSubErrorCode code);
}
