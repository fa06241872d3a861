using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>An exchange while signals interrupt the reactor and the collector suspends it.</summary>
public sealed class StormTests
{
    private const int Bytes = 400_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signals_that_interrupt_the_reactors_cost_no_byte(bool onRing)
    {
        Signals.Accept();
        var counts = new InterruptionCount();
        var ring = new CountingRing();
        await using Engine engine = onRing ? new CountingUringEngine(ring) : new CountingEngine(counts);
        await using var pair = await Pair.StartAsync(engine);
        var threads = new[] { await Signals.ThreadOf(pair.Client), await Signals.ThreadOf(pair.Server) };
        var signals = 0;
        await Exchange(pair, () =>
        {
            Signals.Send(threads[signals & 1]);
            signals++;
            Thread.SpinWait(200);
        }, () => signals >= 10_000);
        Assert.True(Volatile.Read(ref counts.Count) + ring.Interruptions > 0, "no call was interrupted");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Collections_beside_an_exchange_cost_no_byte(bool onRing)
    {
        await using Engine engine = onRing ? new UringTcpEngine() : new EpollTcpEngine();
        await using var pair = await Pair.StartAsync(engine);
        var collections = 0;
        object? garbage = null;
        await Exchange(pair, () =>
        {
            garbage = Enumerable.Range(0, 200).Select(static size => new byte[size * 16]).ToArray();
            GC.Collect(collections++ % 3, GCCollectionMode.Forced, blocking: true, compacting: true);
        }, () => collections >= 100);
        GC.KeepAlive(garbage);
    }

    [Fact]
    public async Task A_collection_between_the_gathering_of_a_send_and_its_system_call_costs_no_byte()
    {
        const int bytes = 8_000_000;
        var collecting = new Collecting();
        await using var engine = new CollectingEngine(collecting);
        await using var pair = await Pair.StartAsync(engine);
        pair.Client.SendPattern(bytes);
        await Pair.Until(
            () => pair.Server.Received >= bytes || pair.Server.Violations.Count > 0, "all has come");
        Assert.Empty(pair.Server.Violations);
        Assert.True(collecting.Collections > 20, $"only {collecting.Collections} sends were gathered");
    }

    // Echo until the storm is over, and at least so many bytes.
    private static async Task Exchange(Pair pair, Action blow, Func<bool> isOver)
    {
        var over = false;
        pair.Server.OnData = static (peer, data) =>
        {
            peer.SendPattern(data.Length);
            return peer.Check(data);
        };
        pair.Client.OnData = (peer, data) =>
        {
            var taken = peer.Check(data);
            if (!Volatile.Read(ref over) || peer.Received < Bytes)
            {
                peer.SendPattern(data.Length);
            }

            return taken;
        };
        var storm = Task.Factory.StartNew(
            () =>
            {
                while (!isOver())
                {
                    blow();
                }

                Volatile.Write(ref over, true);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        pair.Client.SendPattern(3000);
        await storm.WaitAsync(Pair.Patience);
        await Pair.Until(
            () => pair.Client.Received >= Bytes && pair.Client.Received == pair.Client.SentPosition, "all came back");
    }

    private sealed class CollectingEngine(Collecting calls) : EpollTcpEngine
    {
        private protected override ISystemCalls Calls() => calls;
    }

    // The addresses of a gathered send are taken before the call: what could move would have moved when the kernel
    // reads, and its old place is written over.
    private sealed class Collecting : ISystemCalls
    {
        private const int Most = 60;

        private readonly SystemCalls _kernel = new();
        private int _collections;

        public int Collections => Volatile.Read(ref _collections);

        public SyscallResult Receive(int descriptor, Span<byte> into) => _kernel.Receive(descriptor, into);

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => _kernel.Send(descriptor, bytes);

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors)
        {
            if (Interlocked.Increment(ref _collections) <= Most)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
                for (var i = 0; i < 400; i++)
                {
                    GC.KeepAlive(new byte[16 * 1024]);
                }
            }

            return _kernel.Send(descriptor, vectors);
        }

        public SyscallResult Accept(int listener) => _kernel.Accept(listener);

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
            _kernel.Wait(epoll, events, timeoutMilliseconds);
    }

    private sealed class InterruptionCount
    {
        public int Count;
    }

    private sealed class CountingUringEngine(CountingRing ring) : UringTcpEngine
    {
        private protected override Native.Uring.IUringCalls Ring() => ring;
    }

    private sealed class CountingEngine(InterruptionCount counts) : EpollTcpEngine
    {
        private protected override ISystemCalls Calls() => new RepeatingCalls<Counting>(new Counting(counts));
    }

    private readonly struct Counting(InterruptionCount counts) : ISystemCalls
    {
        private readonly Kernel _kernel = default;

        public SyscallResult Receive(int descriptor, Span<byte> into) => Note(_kernel.Receive(descriptor, into));

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => Note(_kernel.Send(descriptor, bytes));

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) =>
            Note(_kernel.Send(descriptor, vectors));

        public SyscallResult Accept(int listener) => Note(_kernel.Accept(listener));

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
            Note(_kernel.Wait(epoll, events, timeoutMilliseconds));

        private SyscallResult Note(SyscallResult result)
        {
            if (result.Error == Errno.Interrupted)
            {
                Interlocked.Increment(ref counts.Count);
            }

            return result;
        }
    }
}
