using System.Net;
using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Several addresses of one name, in virtual time.</summary>
public sealed class ConnectRaceTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan OneMillisecond = TimeSpan.FromMilliseconds(1);

    private readonly TestWorld _test = new();
    private readonly List<TaskCompletionSource<int>> _attempts = [];
    private readonly List<int> _dropped = [];
    private readonly CancellationTokenSource _cancel = new();

    [Fact]
    public void A_second_address_is_tried_after_250_ms_and_the_first_is_not_given_up()
    {
        var race = Race(2);
        Advance(249);
        Assert.Single(_attempts);
        Advance(2);
        Assert.Equal(2, _attempts.Count);
        _attempts[0].SetResult(0);
        Assert.Equal(0, Result(race));
        Assert.True(_attempts[1].Task.IsCanceled);
    }

    [Fact]
    public void The_second_address_wins_when_the_first_swallows_packets()
    {
        var race = Race(2);
        Advance(300);
        _attempts[1].SetResult(1);
        Assert.Equal(1, Result(race));
        Assert.True(_attempts[0].Task.IsCanceled);
    }

    [Fact]
    public void A_failure_brings_the_next_address_at_once()
    {
        var race = Race(3);
        _attempts[0].SetException(new InvalidOperationException("first"));
        _test.Settle();
        Assert.Equal(2, _attempts.Count);
        _attempts[1].SetResult(1);
        Assert.Equal(1, Result(race));
        Assert.Equal(2, _attempts.Count);
    }

    [Fact]
    public void When_all_fail_the_first_failure_is_told()
    {
        var race = Race(2);
        Advance(300);
        _attempts[1].SetException(new InvalidOperationException("failed first"));
        _attempts[0].SetException(new InvalidOperationException("failed second"));
        var error = Assert.Throws<InvalidOperationException>(() => Result(race));
        Assert.Equal("failed first", error.Message);
    }

    [Fact]
    public void A_connection_that_comes_second_is_dropped()
    {
        var race = Race(2, ignoreCancel: true);
        Advance(300);
        _attempts[0].SetResult(0);
        _test.Settle();
        Assert.False(race.IsCompleted);
        _attempts[1].SetResult(1);
        Assert.Equal(0, Result(race));
        Assert.Equal([1], _dropped);
    }

    [Fact]
    public void A_cancelled_race_leaves_no_attempt()
    {
        var race = Race(3);
        Advance(300);
        _cancel.Cancel();
        _test.Settle();
        Assert.ThrowsAny<OperationCanceledException>(() => Result(race));
        Assert.Equal(2, _attempts.Count);
        Assert.All(_attempts, attempt => Assert.True(attempt.Task.IsCanceled));
    }

    [Fact]
    public void Of_a_short_deadline_each_address_gets_its_part()
    {
        var race = Race(4, timeout: TimeSpan.FromMilliseconds(100));
        Advance(90);
        Assert.Equal(4, _attempts.Count);
        _attempts[3].SetResult(3);
        Assert.Equal(3, Result(race));
    }

    [Fact]
    public void A_bounded_number_of_attempts_is_under_way()
    {
        var race = Race(40, timeout: TimeSpan.FromMinutes(5));
        Advance(60_000);
        Assert.Equal(TransportLimits.MaxConnectAttempts, _attempts.Count);
        _attempts[3].SetException(new InvalidOperationException());
        _test.Settle();
        Assert.Equal(TransportLimits.MaxConnectAttempts + 1, _attempts.Count);
        _attempts[16].SetResult(16);
        Assert.Equal(16, Result(race));
    }

    [Fact]
    public void A_name_without_addresses_is_not_found()
    {
        var error = Assert.Throws<TransportException>(() => Result(Race(0)));
        Assert.Equal(TransportError.HostNotFound, error.Error);
    }

    public void Dispose()
    {
        _test.Settle();
        _test.AssertBaseline();
        _test.Dispose();
        _cancel.Dispose();
    }

    private Task<int> Race(int addresses, TimeSpan? timeout = null, bool ignoreCancel = false)
    {
        var race = new ConnectRace<int>(
            _test.World,
            (_, token) =>
            {
                var attempt = new TaskCompletionSource<int>();
                _attempts.Add(attempt);
                if (!ignoreCancel)
                {
                    token.Register(() => attempt.TrySetCanceled(token));
                }

                return attempt.Task;
            },
            second =>
            {
                _dropped.Add(second);
                return ValueTask.CompletedTask;
            });
        var ends = Enumerable.Range(1, addresses).Select(port => new IPEndPoint(IPAddress.Loopback, port)).ToArray();
        return race.RunAsync(ends, timeout ?? Timeout, _cancel.Token).AsTask();
    }

    private void Advance(int milliseconds) => _test.Advance(milliseconds * OneMillisecond);

    private int Result(Task<int> race)
    {
        _test.Settle();
        Assert.True(race.IsCompleted);
        return race.GetAwaiter().GetResult();
    }
}
