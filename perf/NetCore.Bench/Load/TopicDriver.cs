using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>The load of topics: one publisher, which is never further ahead of its subscribers than a window.</summary>
/// <remarks>
/// The window keeps every contestant from losing messages, and is smaller than what each of them lets wait for a
/// subscriber, so that none is slowed down by its own.
/// </remarks>
internal sealed class TopicDriver(ITopicHalf half) : ILoadDriver
{
    // Half a megabyte of payload at 128 bytes: milliseconds of what the fastest of them does.
    private const int Window = 4096;

    private TopicMeter _meter = null!;
    private LoadShape _shape = null!;
    private byte[] _message = [];
    private long _published;

    public void Connect(Uri address, LoadShape shape)
    {
        _shape = shape;
        _message = new byte[shape.PayloadBytes];
        _meter = new TopicMeter(shape.Connections, shape.PayloadBytes);
        half.Connect(address, shape, _meter);
    }

    public StretchResult Run(Stretch stretch)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(stretch.Duration.TotalSeconds * Stopwatch.Frequency);
        var operations = _shape.Traffic == Traffic.PublishOne
            ? RunOne(end, stretch.Latency)
            : RunMany(end) * _shape.Connections;
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new StretchResult(operations, operations * _shape.PayloadBytes, seconds);
    }

    public void Dispose()
    {
        half.Dispose();
        _meter.Dispose();
    }

    private long RunMany(long end)
    {
        var before = _published;
        while (Stopwatch.GetTimestamp() < end)
        {
            for (var i = 0; i < TopicMeter.Burst; i++)
            {
                PublishWaiting();
            }

            // A quarter at once: to wait for each burst would be a switch of threads for each.
            if (_published - _meter.Slowest > Window - TopicMeter.Burst)
            {
                WaitFor(_published - (Window * 3 / 4));
            }
        }

        WaitFor(_published);
        return _published - before;
    }

    private void PublishWaiting()
    {
        _meter.Write(_message, _published);
        while (!half.TryPublish(_message))
        {
            var slowest = _meter.Slowest;
            half.Flush();
            var next = slowest - (slowest % TopicMeter.Burst) + TopicMeter.Burst;
            if (next <= _published)
            {
                half.Wait(next);
            }
            else
            {
                // All has arrived, and only the publisher has not heard of it.
                Thread.Yield();
            }
        }

        _published++;
    }

    private void WaitFor(long count)
    {
        half.Flush();
        while (_meter.Slowest < count)
        {
            half.Wait(count);
        }
    }

    // The thread that gets a message publishes the next one: nothing but the way through the broker is measured.
    private long RunOne(long end, LatencyHistogram latency)
    {
        var over = false;
        var before = _published;
        var start = Stopwatch.GetTimestamp();
        _meter.OnDelivered = () =>
        {
            var now = Stopwatch.GetTimestamp();
            latency.Record(Ticks.ToNanoseconds(now - start));
            start = now;
            if (now < end)
            {
                PublishOne();
            }
            else
            {
                Volatile.Write(ref over, true);
                _meter.Wake();
            }
        };
        PublishOne();
        while (!Volatile.Read(ref over))
        {
            half.Wait(long.MaxValue);
            _ = _meter.Slowest;
        }

        _meter.OnDelivered = null;
        return _published - before;
    }

    private void PublishOne()
    {
        _meter.Write(_message, _published++);
        if (!half.TryPublish(_message))
        {
            _meter.Fail("There was no room for the only message.");
        }

        half.Flush();
    }
}
