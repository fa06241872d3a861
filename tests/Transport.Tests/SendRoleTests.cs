using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>
/// Every interleaving of a few small programs on one role, each method being one atomic step: a depth-first walk that
/// replays a schedule from the start and then tries the next one.
/// </summary>
public sealed class SendRoleTests
{
    [Theory]
    [InlineData("R R", 0)]
    [InlineData("RR R", 0)]
    [InlineData("HRL R", 0)]
    [InlineData("HRL HRL", 0)]
    [InlineData("R C", 0)]
    [InlineData("HRL C", 0)]
    [InlineData("HNL R", 0)]
    [InlineData("HRNL R", 0)]
    [InlineData("HNL HRL", 0)]
    [InlineData("HNL C", 0)]
    [InlineData("RR R", 1)]
    public void In_every_order_no_request_is_lost_no_two_hold_and_nothing_is_filled_after_the_close(
        string programs, int more)
    {
        var schedule = new List<(int Choice, int Options)>();
        var count = 0;
        do
        {
            Play(programs.Split(' '), more, schedule);
            Assert.True(++count < 3_000_000);
        }
        while (Next(schedule));

        Assert.True(count > 1);
    }

    [Fact]
    public void A_hold_that_comes_while_somebody_sends_gathers_what_follows()
    {
        var role = new SendRole();
        Assert.True(role.Request());
        Assert.True(role.BeginFill());
        role.Hold();
        Assert.False(role.Request());
        Assert.Equal(Leave.Left, role.TryLeave(more: false));
        Assert.False(role.Request());
        Assert.True(role.Release());
    }

    // Too many orders to try all; each seed is one of them.
    [FsCheck.Xunit.Property(MaxTest = 300)]
    public void In_a_random_order_of_many_programs_the_same_holds(int seed)
    {
        var random = new Random(seed);
        string[] kinds = ["R", "RR", "RRR", "HRL", "HHRLRL", "HRRL", "HRNL", "C"];
        for (var run = 0; run < 20; run++)
        {
            var programs = Enumerable.Range(0, random.Next(3, 6)).Select(_ => kinds[random.Next(7)]).ToList();
            if (run % 2 == 0)
            {
                programs.Add("C");
            }

            Play(programs.ToArray(), random.Next(2), [], random);
        }
    }

    [Fact]
    public void A_release_without_a_hold_throws() =>
        Assert.Throws<InvalidOperationException>(() => new SendRole().Release());

    private static bool Next(List<(int Choice, int Options)> schedule)
    {
        while (schedule.Count > 0)
        {
            var (choice, options) = schedule[^1];
            schedule.RemoveAt(schedule.Count - 1);
            if (choice + 1 < options)
            {
                schedule.Add((choice + 1, options));
                return true;
            }
        }

        return false;
    }

    private static void Play(
        string[] programs, int more, List<(int Choice, int Options)> schedule, Random? random = null)
    {
        var model = new Model { More = more };
        var actors = programs.Select(program => model.Run(program).GetEnumerator()).ToList();
        for (var step = 0; actors.Count > 0; step++)
        {
            if (step == schedule.Count)
            {
                schedule.Add((random?.Next(actors.Count) ?? 0, actors.Count));
            }

            var chosen = schedule[step].Choice;
            if (!actors[chosen].MoveNext())
            {
                actors.RemoveAt(chosen);
            }
        }

        model.AssertQuiet();
    }

    // The queue behind the role, the way a pump uses it; each yield lets another actor step in.
    private sealed class Model
    {
        private SendRole _role;
        private int _queued;
        private int _holders;
        private bool _closed;
        private int _overs;

        public int More { get; set; }

        public IEnumerable<int> Run(string program)
        {
            foreach (var action in program)
            {
                var holds = false;
                switch (action)
                {
                    case 'R':
                        _queued++;
                        yield return 0;
                        holds = _role.Request();
                        break;
                    case 'N':
                        _queued++;
                        yield return 0;
                        holds = _role.Request(throughHolds: true);
                        break;
                    case 'H':
                        _role.Hold();
                        break;
                    case 'L':
                        holds = _role.Release();
                        break;
                    default:
                        _closed = true;
                        if (_role.Close())
                        {
                            Over();
                        }

                        break;
                }

                yield return 0;
                if (holds)
                {
                    foreach (var step in Hold())
                    {
                        yield return step;
                    }
                }
            }
        }

        public void AssertQuiet()
        {
            Assert.Equal(0, _holders);
            Assert.Equal(_closed ? 1 : 0, _overs);
            if (!_closed)
            {
                Assert.Equal(0, _queued);
            }
        }

        private IEnumerable<int> Hold()
        {
            Assert.Equal(1, ++_holders);
            while (true)
            {
                var takes = _role.BeginFill();
                Assert.True(!takes || _overs == 0);
                yield return 0;
                var more = false;
                if (takes)
                {
                    more = _queued > 1 && More > 0;
                    _queued = more ? _queued - 1 : 0;
                }

                yield return 0;
                _holders--;
                var left = _role.TryLeave(more);
                if (left == Leave.Closed)
                {
                    Over();
                }

                if (left != Leave.Stay)
                {
                    yield break;
                }

                Assert.Equal(1, ++_holders);
                yield return 0;
            }
        }

        private void Over()
        {
            _overs++;
            Assert.Equal(0, _holders);
        }
    }
}
