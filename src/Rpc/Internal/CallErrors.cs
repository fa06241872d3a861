using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>Translates what the session reports into the error of a call, a reason per case.</summary>
internal static class CallErrors
{
    public static CallOutcome OfOpen(OpenResult result, PeerSession session) => result switch
    {
        OpenResult.Closed => new(RpcErrorCode.Unavailable, RpcExecution.NotSent,
            $"The connection to {session.Connection.RemoteAddress} has ended{Why(session)}. Connect again."),
        OpenResult.Draining => new(RpcErrorCode.Draining, RpcExecution.NotSent,
            "The connection is being closed in order and takes no new calls. Connect again, or to another server."),
        OpenResult.QueueFull => new(RpcErrorCode.Overloaded, RpcExecution.NotSent,
            $"{SessionLimits.MaxQueuedBytes} bytes wait to be sent already. Make fewer calls at once."),
        _ => new(RpcErrorCode.MessageTooLarge, RpcExecution.NotSent,
            "The request is larger than the server takes. Send it in parts, or raise the server's "
            + "SessionOptions.MaxMessageBytes."),
    };

    public static CallOutcome OfEnd(in StreamEnd end, PeerSession session)
    {
        var execution = end.Sent ? RpcExecution.MaybeExecuted : RpcExecution.NotSent;
        return end.Kind switch
        {
            StreamEndKind.ResetByPeer => OfReset(end.Code),
            StreamEndKind.NotAccepted => new(RpcErrorCode.Draining, RpcExecution.NotSent,
                "The server is stopping and has not accepted the call. Try another server."),
            StreamEndKind.SessionClosed => new(RpcErrorCode.Unavailable, execution,
                $"The connection to {session.Connection.RemoteAddress} was lost: {end.Close.Error}. "
                + end.Close.Detail),
            StreamEndKind.MessageTooLarge => new(RpcErrorCode.MessageTooLarge, RpcExecution.Executed,
                "The response is larger than this side takes. Ask for less, or raise this side's "
                + "SessionOptions.MaxMessageBytes."),
            StreamEndKind.OutOfMemoryBudget => OutOfBudget(RpcExecution.Executed),
            _ => new(RpcErrorCode.BadMessage, RpcExecution.MaybeExecuted,
                "The server ended the call without an answer."),
        };
    }

    public static CallOutcome OutOfBudget(RpcExecution execution) => new(RpcErrorCode.OutOfMemoryBudget, execution,
        "The world's byte budget is used up. Dispose responses earlier, make fewer calls at once, or raise it.");

    public static CallOutcome Deadline(bool sent, long milliseconds) => new(
        RpcErrorCode.DeadlineExceeded,
        sent ? RpcExecution.MaybeExecuted : RpcExecution.NotSent,
        $"No answer within the {milliseconds} ms of CallOptions.Timeout, or of RpcClientOptions.DefaultTimeout where "
        + "the call names none. Raise it if the work takes longer.");

    public static RpcException ToException(in CallOutcome outcome, RpcMethod method) => new(
        outcome.Code,
        $"{method.FullName} failed: {outcome.Code} ({Words(outcome.Execution)}). {outcome.Detail}",
        outcome.Execution);

    private static CallOutcome OfReset(ResetCode code) => code switch
    {
        ResetCode.Refused => new(RpcErrorCode.Overloaded, RpcExecution.NotSent,
            "The server has too many calls open, or is stopping. Try later or elsewhere."),
        ResetCode.NoSuchProtocol => new(RpcErrorCode.UnknownMethod, RpcExecution.NotSent,
            "The peer serves no calls on this connection."),
        ResetCode.MessageTooLarge => new(RpcErrorCode.MessageTooLarge, RpcExecution.NotSent,
            "The request is larger than the server takes. Send it in parts, or raise the server's "
            + "SessionOptions.MaxMessageBytes."),
        ResetCode.OutOfMemoryBudget => new(RpcErrorCode.Overloaded, RpcExecution.NotSent,
            "The server's memory budget is used up. Try later or elsewhere."),
        ResetCode.DeadlineExceeded => new(RpcErrorCode.DeadlineExceeded, RpcExecution.MaybeExecuted,
            "The server gave the call up at its deadline, which comes from CallOptions.Timeout."),
        _ => new(RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted, $"The server gave the call up: {code}."),
    };

    private static string Why(PeerSession session) =>
        session.Closed.IsCompletedSuccessfully ? $" ({session.Closed.Result.Error})" : "";

    private static string Words(RpcExecution execution) => execution switch
    {
        RpcExecution.NotSent => "not executed",
        RpcExecution.MaybeExecuted => "maybe executed",
        _ => "executed",
    };
}
