using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Ends the wait for an answer of the broker: at its deadline, or when its caller wants no more.</summary>
internal sealed class AnswerDeadline : ITimerTarget
{
    private readonly Completion<bool> _answer;
    private readonly TimeSpan _timeout;
    private readonly WheelTimer _timer;

    private AnswerDeadline(Completion<bool> answer, TimeSpan timeout)
    {
        (_answer, _timeout) = (answer, timeout);
        _timer = new WheelTimer(this);
    }

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="PubSubException">It is an error, or has not come in time.</exception>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    public static async Task WaitAsync(
        World world, Completion<bool> answer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var deadline = new AnswerDeadline(answer, timeout);
        world.Timers.Schedule(deadline._timer, (long)timeout.TotalMilliseconds);
        await using var registration = cancellationToken.UnsafeRegister(
            static (answer, token) =>
                ((Completion<bool>)answer!).TrySetException(new OperationCanceledException(token)),
            answer).ConfigureAwait(false);
        try
        {
            await answer.Task.ConfigureAwait(false);
        }
        finally
        {
            world.Timers.Cancel(deadline._timer);
        }
    }

    /// <summary>Waits for an end that the broker is to confirm; false when it has not done so in time.</summary>
    public static async Task<bool> TryWaitAsync(World world, Task end, TimeSpan timeout)
    {
        if (end.IsCompleted)
        {
            return true;
        }

        var late = new Completion<bool>(world.Executor);
        var deadline = new AnswerDeadline(late, timeout);
        world.Timers.Schedule(deadline._timer, (long)timeout.TotalMilliseconds);
        var first = await Task.WhenAny(end, late.Task).ConfigureAwait(false);
        world.Timers.Cancel(deadline._timer);
        return first == end;
    }

    void ITimerTarget.OnTimer(WheelTimer timer, long token) => _answer.TrySetException(new PubSubException(
        PubSubErrorCode.DeadlineExceeded, $"The broker has not answered within {_timeout.TotalSeconds:0.###} s."));
}
