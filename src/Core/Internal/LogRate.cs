using System.Collections.Concurrent;

namespace NetCore.Core.Internal;

/// <summary>
/// Counts the messages of one world by their event id, a second at a time on the world's clock. Thread-safe.
/// </summary>
internal sealed class LogRate(TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // One for each event id that the code names: a peer cannot make it grow.
    private readonly ConcurrentDictionary<int, Window> _windows = new();

    /// <summary>False when the message is to be left out.</summary>
    public bool TryEnter(int eventId, out LogAdmission admission) =>
        _windows.GetOrAdd(eventId, static _ => new Window()).TryEnter(time, out admission);

    private sealed class Window
    {
        private readonly Lock _lock = new();

        // Guarded by the lock.
        private long _start;
        private int _written;
        private long _leftOut;

        public bool TryEnter(TimeProvider time, out LogAdmission admission)
        {
            lock (_lock)
            {
                var now = time.GetTimestamp();
                var leftOut = 0L;
                if (_written == 0 || time.GetElapsedTime(_start, now) >= Second)
                {
                    _start = now;
                    leftOut = _leftOut;
                    _written = 0;
                    _leftOut = 0;
                }

                if (_written == CoreLimits.LoggedPerSecond)
                {
                    _leftOut++;
                    admission = default;
                    return false;
                }

                _written++;
                admission = new LogAdmission(leftOut, _written == CoreLimits.LoggedPerSecond);
                return true;
            }
        }
    }
}
