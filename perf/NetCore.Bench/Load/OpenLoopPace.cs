using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>Says when calls are due, whatever became of earlier ones.</summary>
/// <remarks>
/// Call i is due at start + i / rate and is timed from then, also when every caller was busy: a server that stands
/// still is charged with all calls that fell due meanwhile. A caller that comes back takes the next one at once if it
/// is due; a thread wakes those that wait.
/// </remarks>
internal sealed class OpenLoopPace
{
    // Waking up for each call of a fast rate would take the client's core away from the calls.
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMicroseconds(20);

    private readonly object _gate = new();
    private readonly Queue<Caller> _waiting;
    private readonly long _count;
    private readonly double _ticksPerCall;
    private readonly Thread _thread;
    private long _start;
    private long _next;
    private bool _over;
    private bool _parked;

    public OpenLoopPace(double ratePerSecond, TimeSpan duration, int callers)
    {
        _waiting = new Queue<Caller>(callers);
        _count = (long)(ratePerSecond * duration.TotalSeconds);
        _ticksPerCall = Stopwatch.Frequency / ratePerSecond;
        _thread = new Thread(Drive) { IsBackground = true, Name = "pace" };
    }

    public void Start()
    {
        _start = Stopwatch.GetTimestamp();
        _thread.Start();
    }

    /// <summary>True when the caller may call; false when no more calls are to be made.</summary>
    public ValueTask<bool> NextAsync(Caller caller)
    {
        lock (_gate)
        {
            if (IsOver)
            {
                return new ValueTask<bool>(false);
            }

            // Behind those that wait already: they are woken in their order.
            if (_waiting.Count == 0 && TryTake(caller))
            {
                return new ValueTask<bool>(true);
            }

            _waiting.Enqueue(caller);
            Unpark();
            return caller.Ready.WaitAsync();
        }
    }

    /// <summary>Gives up the calls that are due and have not been started.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _over = true;
            Unpark();
        }
    }

    /// <summary>Charges calls that were due and never started with the time that they have waited for so far.</summary>
    public void ChargeUnstarted(LatencyHistogram latency)
    {
        var now = Stopwatch.GetTimestamp();
        for (; _next < _count && DueAt(_next) < now; _next++)
        {
            latency.Record(Ticks.ToNanoseconds(now - DueAt(_next)));
        }
    }

    public void Join() => _thread.Join();

    private bool IsOver => _over || _next >= _count;

    private long DueAt(long call) => _start + (long)(call * _ticksPerCall);

    private bool TryTake(Caller caller)
    {
        var due = DueAt(_next);
        if (due > Stopwatch.GetTimestamp())
        {
            return false;
        }

        _next++;
        caller.DueAt(due);
        return true;
    }

    private void Unpark()
    {
        if (_parked)
        {
            _parked = false;
            Monitor.Pulse(_gate);
        }
    }

    private void Drive()
    {
        PreciseSleep.Prepare();
        while (true)
        {
            Caller caller;
            bool call;
            long due;
            lock (_gate)
            {
                if (!AwaitWaiter())
                {
                    return;
                }

                caller = _waiting.Peek();
                due = DueAt(_next);
                call = !IsOver && TryTake(caller);
                if (call || IsOver)
                {
                    _waiting.Dequeue();
                    due = 0;
                }
            }

            if (due == 0)
            {
                caller.Ready.Set(call);
            }
            else
            {
                PreciseSleep.Until(Math.Max(due, Stopwatch.GetTimestamp() + Ticks.Of(ShortestSleep)));
            }
        }
    }

    // False when it is over and nobody waits any more.
    private bool AwaitWaiter()
    {
        while (_waiting.Count == 0)
        {
            if (IsOver)
            {
                return false;
            }

            _parked = true;
            Monitor.Wait(_gate);
        }

        return true;
    }
}
