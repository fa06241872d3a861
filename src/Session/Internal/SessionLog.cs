using Microsoft.Extensions.Logging;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>What sessions log. Event ids are stable.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(200, LogLevel.Debug, "Session {Connection} with {Remote} is established.")]
    public static partial void Established(ILogger logger, string connection, TransportAddress remote);

    [LoggerMessage(201, LogLevel.Debug, "Session {Connection} with {Remote} ended: {Error}. {Detail}")]
    public static partial void Ended(
        ILogger logger, string connection, TransportAddress remote, SessionError error, string? detail);

    [LoggerMessage(203, LogLevel.Error, "A callback of session {Connection} threw: {Callback}. The session ends.")]
    public static partial void CallbackThrew(ILogger logger, string connection, string callback, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "Session {Connection} with {Remote} was closed: {Error}. {Detail}")]
    public static partial void Closed(
        ILogger logger, string connection, TransportAddress remote, SessionError error, string? detail);

    /// <summary>A session is over; a warning unless that was to be expected.</summary>
    public static void Over(ILogger logger, Connection connection, in SessionClose close)
    {
        if (close.Error is SessionError.None or SessionError.ConnectionLost or SessionError.Aborted
            or SessionError.Idle or SessionError.Draining)
        {
            Ended(logger, connection.Id, connection.RemoteAddress, close.Error, close.Detail);
        }
        else
        {
            Closed(logger, connection.Id, connection.RemoteAddress, close.Error, close.Detail);
        }
    }
}
