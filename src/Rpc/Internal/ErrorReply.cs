using System.Text;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>What a caller is told when its call fails at the server.</summary>
internal static class ErrorReply
{
    public static void Write(in CallOutcome outcome, OutgoingMessage message)
    {
        new ResponseHeader(outcome.Code, outcome.Execution).Write(message);
        if (outcome.Detail is { Length: > 0 })
        {
            var room = message.GetSpan(RpcLimits.MaxErrorDetailBytes)[..RpcLimits.MaxErrorDetailBytes];
            Encoding.UTF8.GetEncoder().Convert(outcome.Detail, room, flush: true, out _, out var bytes, out _);
            message.Advance(bytes);
        }
    }

    /// <summary>What became of a call whose handler, or whose way to it, threw.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="body">The request.</param>
    /// <param name="wasCancelled">Nobody waits for the answer any more.</param>
    /// <param name="isLate">
    /// The deadline has passed, which a caller must be told whose own clock has not come to it yet.
    /// </param>
    /// <param name="exposeMessage">Whether messages of unexpected exceptions are shown.</param>
    public static CallOutcome Of(
        Exception error, RequestBody body, bool wasCancelled, bool isLate, bool exposeMessage) =>
        error switch
        {
            RpcFormatException when body.IsUnreadable => OfUnreadable(error),
            ByteBudgetExceededException when body.LacksMemory => OfNoMemory(),
            OperationCanceledException when wasCancelled => OfCancelled(isLate),
            _ => OfHandler(error, body.WasRead, exposeMessage),
        };

    private static CallOutcome OfUnreadable(Exception error) =>
        new(RpcErrorCode.BadMessage, RpcExecution.NotSent, $"The request cannot be read: {error.Message}");

    /// <summary>The request could not be kept; the handler has not run.</summary>
    public static CallOutcome OfNoMemory() =>
        new(RpcErrorCode.Overloaded, RpcExecution.NotSent, "The server's memory budget is used up.");

    private static CallOutcome OfCancelled(bool isLate) => new(
        isLate ? RpcErrorCode.DeadlineExceeded : RpcErrorCode.Cancelled,
        RpcExecution.MaybeExecuted,
        isLate ? "The handler observed its deadline." : "The handler observed its cancellation.");

    /// <summary>The handler threw. What outsiders may read of it is decided here.</summary>
    /// <param name="error">What was thrown.</param>
    /// <param name="wasRead">
    /// Somebody has read the request, so that the handler may have run, and the exception may be that of a call which
    /// the handler made. Before that only a decorator can have thrown, and it knows.
    /// </param>
    /// <param name="exposeMessage">Whether messages of unexpected exceptions are shown.</param>
    private static CallOutcome OfHandler(Exception error, bool wasRead, bool exposeMessage) => error switch
    {
        RpcException { Code: not RpcErrorCode.None } rejected =>
            new(rejected.Code, wasRead ? RpcExecution.Executed : rejected.Execution, rejected.Message),
        ByteBudgetExceededException =>
            new(RpcErrorCode.OutOfMemoryBudget, RpcExecution.Executed, "The server's memory budget is used up."),
        _ => new(RpcErrorCode.HandlerFailed, RpcExecution.Executed, exposeMessage
            ? $"{error.GetType().Name}: {error.Message}"
            : $"The handler failed with {error.GetType().Name}; the server's log, if it has one, has the details."),
    };
}
