using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>A reactor that never sleeps and polls its few connections by receives: one that never runs dry.</summary>
public sealed class PolledFairnessTests
{
    // A run of the pump receives 16 times, and items run four times before the events are looked at.
    private const int MostReceivesBetween = 4 * 16 * 4;

    [Fact]
    public async Task A_polled_connection_that_never_runs_dry_holds_up_neither_the_others_nor_a_newcomer()
    {
        var calls = new Firehose();
        await using var engine = new FirehoseEngine(calls);
        var beside = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var newcomer = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var raw = RawPeer.Listen(engine, _ =>
        {
            if (calls.Raised)
            {
                newcomer.TrySetResult(calls.SinceRaised);
            }
        });
        var (firehose, flooded) = await raw.PairAsync();
        using var first = firehose;
        var (other, served) = await raw.PairAsync();
        using var second = other;
        System.Net.Sockets.Socket? third = null;
        flooded.OnData = static (_, data) => data.Length;
        served.OnData = (_, data) =>
        {
            beside.TrySetResult(calls.SinceRaised);
            return data.Length;
        };
        calls.Raise = () =>
        {
            other.Send("x"u8);
            third = raw.Connect();
        };
        flooded.Start();
        served.Start();
        try
        {
            calls.Begin();
            firehose.Send("x"u8);
            Assert.InRange(await beside.Task.WaitAsync(Pair.Patience), 0, MostReceivesBetween);
            Assert.InRange(await newcomer.Task.WaitAsync(Pair.Patience), 0, MostReceivesBetween);
        }
        finally
        {
            calls.End();
            third?.Dispose();
        }
    }

    private sealed class FirehoseEngine(Firehose calls) : EpollTcpEngine
    {
        protected override int Reactors => 1;

        protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

        private protected override ISystemCalls Calls() => calls;
    }
}
