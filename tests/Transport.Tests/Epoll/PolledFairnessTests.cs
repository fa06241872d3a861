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

    // The first connection that is accepted gives a full buffer at each receive, without end. In the middle of that, on
    // the reactor's thread, something is raised, so that what follows is counted exactly.
    private sealed class Firehose : ISystemCalls
    {
        private const int RaiseAt = 1000;

        private readonly SystemCalls _kernel = new();
        private int _descriptor = -1;
        private int _receives;
        private volatile bool _flows;

        public Action? Raise { get; set; }

        public bool Raised => _receives >= RaiseAt;

        public int SinceRaised => _receives - RaiseAt;

        public void Begin() => _flows = true;

        public void End() => _flows = false;

        public SyscallResult Receive(int descriptor, Span<byte> into)
        {
            if (!_flows || descriptor != _descriptor)
            {
                return _kernel.Receive(descriptor, into);
            }

            if (++_receives == RaiseAt)
            {
                Raise!();
            }

            return new SyscallResult(into.Length, Errno.None);
        }

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => _kernel.Send(descriptor, bytes);

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => _kernel.Send(descriptor, vectors);

        public SyscallResult Accept(int listener)
        {
            var result = _kernel.Accept(listener);
            if (result.IsOk && _descriptor < 0)
            {
                _descriptor = result.Value;
            }

            return result;
        }

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
            _kernel.Wait(epoll, events, timeoutMilliseconds);
    }

    private sealed class FirehoseEngine(Firehose calls) : EpollTcpEngine
    {
        protected override int Reactors => 1;

        protected override WaitPolicy Wait => WaitPolicy.BusyPoll;

        private protected override ISystemCalls Calls() => calls;
    }
}
