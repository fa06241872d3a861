using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

public sealed class TimerWheelLaws
{
    private const int Timers = 24;

    [Property(MaxTest = 100)]
    public void The_wheel_does_what_a_list_does(DoNotSize<ulong> seed)
    {
        var run = new Run(seed.Item);
        for (var step = 0; step < 200; step++)
        {
            switch (run.Random.Next(5))
            {
                case 0 or 1:
                    run.Schedule(run.Random.Next(Timers), Delay(run.Random));
                    break;
                case 2:
                    run.Cancel(run.Random.Next(Timers));
                    break;
                default:
                    run.Advance(Delay(run.Random) - 1);
                    break;
            }
        }

        run.Advance(CoreLimits.MaxTimerMilliseconds + 1);
        Assert.Equal(0, run.Wheel.Count);
    }

    [Property(MaxTest = 100)]
    public void A_driver_that_sleeps_as_told_fires_each_timer_at_its_very_tick(DoNotSize<ulong> seed)
    {
        var run = new Run(seed.Item);
        for (var step = 0; step < 60; step++)
        {
            run.Schedule(run.Random.Next(Timers), Delay(run.Random));
            run.SleepAsTold(looks: run.Random.Next(6));
        }

        run.SleepAsTold(looks: int.MaxValue);
        Assert.Equal(0, run.Wheel.Count);
    }

    // Every delay around the places where a level ends, from clocks around the same places.
    [Fact]
    public void Each_timer_at_a_level_boundary_fires_at_its_very_tick()
    {
        long[] edges =
            [1, 2, 255, 256, 257, 511, 512, 65535, 65536, 65537, 131071, (1 << 24) - 1, 1 << 24, (1 << 24) + 1];
        foreach (var start in edges)
        {
            foreach (var delay in edges.SelectMany(static edge => new[] { edge - 2, edge - 1, edge }))
            {
                var run = new Run(0);
                run.Advance(start);
                run.Schedule(0, Math.Max(1, delay));
                run.Schedule(1, CoreLimits.MaxTimerMilliseconds);
                run.SleepAsTold(looks: int.MaxValue);
            }
        }
    }

    [Fact]
    public void The_longest_delay_fires_on_time_after_the_wheel_has_stood_for_days()
    {
        foreach (var hours in (int[])[1, 5, 30, 24 * 60])
        {
            var run = new Run(0);
            run.Time.Advance(TimeSpan.FromHours(hours));
            run.Schedule(0, CoreLimits.MaxTimerMilliseconds);
            run.Schedule(1, 77);
            run.SleepAsTold(looks: int.MaxValue);
            Assert.Equal(0, run.Wheel.Count);
        }
    }

    // All magnitudes alike, and often next to a power of 256.
    private static long Delay(SeededRandomSource random)
    {
        var magnitude = 1L << random.Next(33);
        return random.Next(3) switch
        {
            0 => Math.Clamp(magnitude + random.Next(5) - 2, 1, CoreLimits.MaxTimerMilliseconds),
            1 => 1 + random.Next(300),
            _ => 1 + (long)(random.NextUInt64() % (ulong)magnitude),
        };
    }

    private sealed class Run : ITimerTarget
    {
        private readonly WheelTimer[] _timers;
        private readonly WheelModel _model = new();
        private readonly List<(long Due, int Timer)> _fired = [];

        public Run(ulong seed)
        {
            Random = new SeededRandomSource(seed);
            Wheel = new TimerWheel(Time);
            _timers = [.. Enumerable.Range(0, Timers).Select(_ => new WheelTimer(this))];
        }

        public SeededRandomSource Random { get; }

        public FakeTimeProvider Time { get; } = new();

        public TimerWheel Wheel { get; }

        public void Schedule(int timer, long delay)
        {
            var due = Wheel.Now + delay + 1;
            Wheel.Schedule(_timers[timer], delay, due);
            _model.Schedule(timer, due);
        }

        public void Cancel(int timer) => Assert.Equal(_model.Cancel(timer), Wheel.Cancel(_timers[timer]));

        public void Advance(long milliseconds)
        {
            Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
            Look();
        }

        // Jumps from hint to hint. The model tells when something was due meanwhile: the hint was too long then.
        public void SleepAsTold(int looks)
        {
            for (var look = 0; look < looks; look++)
            {
                var sleep = Look();
                if (sleep == long.MaxValue)
                {
                    return;
                }

                Assert.True(Wheel.Now + sleep <= _model.Earliest, $"{sleep} ms sleep past tick {_model.Earliest}");
                Time.Advance(TimeSpan.FromMilliseconds(sleep));
            }
        }

        public void OnTimer(WheelTimer timer, long token)
        {
            Assert.True(Wheel.Now >= token, "a timer fired early");
            _fired.Add((token, Array.IndexOf(_timers, timer)));
        }

        private long Look()
        {
            _fired.Clear();
            var sleep = Wheel.Advance();
            Assert.Equal(_fired.Select(static entry => entry.Due).Order(), _fired.Select(static entry => entry.Due));
            Assert.Equal(_model.Advance(Wheel.Now).Order(), _fired.Order());
            Assert.Equal(_model.Count, Wheel.Count);
            Assert.Equal(_model.Count == 0, sleep == long.MaxValue);
            Assert.True(sleep >= 1);
            return sleep;
        }
    }
}
