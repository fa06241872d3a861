using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A call in its steady state allocates nothing, on both sides together.</summary>
/// <remarks>Runs alone: it counts the whole process.</remarks>
[Collection(nameof(Alone))]
public class AllocationGateTests
{
    private const int CallsPerWindow = 100_000;
    private const int Windows = 3;

    // What belongs to calls grows with them, in windows of any length. A thread, or an object of a pool, more than ever
    // before does not, and a machine that stops threads where it likes takes one at any time: 12 KB are 0.12 bytes for
    // each call of a window. Where no window was good, longer ones tell the two apart.
    private const int LongWindows = 3;
    private const int Longer = 4;

    // Not zero: the runtime itself allocates now and then, for a timer or the growth of a queue of the pool.
    private const double MaxBytesPerCall = 0.1;

    [Theory]
    [InlineData("inproc", 1, "bytes")]
    [InlineData("inproc", 64, "bytes")]
    [InlineData("inproc", 1, "blittable")]
    [InlineData("inproc", 64, "blittable")]
    [InlineData("tcp", 1, "bytes")]
    [InlineData("tcp", 64, "bytes")]
    [InlineData("tcp", 64, "blittable")]
    [InlineData("unix", 1, "blittable")]
    [InlineData("unix", 64, "bytes")]
    public async Task A_unary_call_allocates_nothing(string scheme, int callers, string payload)
    {
        await using var rig = await RealRig.StartAsync(scheme, trackBlocks: false);
        FilledPool.Fill(rig.World);
        var marks = new Marks(callers);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => payload == "bytes"
            ? Task.Run(() => SendBytesAsync(rig.Client, marks))
            : Task.Run(() => SendPlacesAsync(rig.Client, marks))));
        marks.AssertNothing();
    }

    [Theory]
    [InlineData("epoll", 1, "span")]
    [InlineData("epoll", 64, "span")]
    [InlineData("epoll", 1, "blittable")]
    [InlineData("epoll", 64, "blittable")]
    [InlineData("epoll-unix", 1, "memory")]
    [InlineData("tcp", 64, "span")]
    [InlineData("app", 1, "span")]
    [InlineData("app", 64, "blittable")]
    public async Task An_inline_call_whose_caller_goes_on_on_the_reactor_allocates_nothing(
        string scheme, int callers, string payload)
    {
        await using var rig = await RealRig.StartAsync(
            scheme,
            options => options with { Lane = RpcLane.Inline },
            trackBlocks: false,
            continuations: RpcContinuations.Reactor);
        FilledPool.Fill(rig.World);
        var marks = new Marks(callers);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => rig.OnReceiverAsync(() => payload switch
        {
            "span" => SendSpansAsync(rig.Client, marks),
            "memory" => SendBytesAsync(rig.Client, marks),
            _ => SendPlacesAsync(rig.Client, marks),
        })));
        marks.AssertNothing();
    }

    [Theory]
    [InlineData(WaitPolicy.Blocking)]
    [InlineData(WaitPolicy.BusyPoll)]
    public void A_call_that_the_polling_thread_waits_for_allocates_nothing(WaitPolicy wait)
    {
        using var reactor = new AppReactor(new AppReactorOptions { Wait = wait });
        FilledPool.Fill(reactor.World);
        var server = reactor.Run(RpcServer.ListenAsync(
            "tcp://127.0.0.1:0", new WorkDispatcher(new Work()), new RpcServerOptions { World = reactor.World }));
        var client = reactor.Run(
            RpcClient.ConnectAsync(server.Address, new RpcClientOptions { World = reactor.World }));
        var service = new WorkClient(client);
        var marks = new Marks(callers: 1);
        for (var i = 0; marks.Next(); i++)
        {
            var place = reactor.Run(service.MoveAsync(Guid.Empty, new Place(i, i), back: false, scale: 1));
            Assert.True(place.X == i, "Another call's answer.");
        }

        reactor.Run(client.DisposeAsync());
        reactor.Run(server.DisposeAsync());
        marks.AssertNothing();
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("epoll")]
    public async Task An_item_of_a_server_stream_allocates_nothing(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme, trackBlocks: false);
        FilledPool.Fill(rig.World);
        var marks = new Marks(callers: 64);
        await foreach (var item in rig.FlowCalls.BytesAsync(int.MaxValue, 32))
        {
            Assert.True(item.Length == 32, "Another item.");
            if (!marks.Next())
            {
                break;
            }
        }

        marks.AssertNothing();
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("epoll")]
    public async Task A_raw_item_there_and_back_allocates_nothing(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme, trackBlocks: false);
        FilledPool.Fill(rig.World);
        var marks = new Marks(callers: 1);
        var item = new byte[32];
        await using var stream = rig.Client.OpenStream(FlowsMethods.Echo, NothingCodec.Instance, default);
        var codec = FlowsMethods.Echo.SentCodec;
        while (marks.Next())
        {
            // Some under way, so that both sides wait at times.
            for (var i = 0; i < 16; i++)
            {
                Assert.True(await stream.WriteAsync(codec, item));
            }

            for (var i = 0; i < 16; i++)
            {
                Assert.True(await stream.ReadAsync());
                Assert.True(stream.Current.Length == 36, "Another item.");
            }
        }

        marks.AssertNothing();
    }

    // The server answers with bytes that it has; see SendBytesAsync for the client.
    private static async Task SendSpansAsync(RpcClient client, Marks marks)
    {
        var same = new RpcMethod<ReadOnlyMemory<byte>, LeasedBytes>(
            "test.lanes", "Same", LanesMethods.Same.RequestCodec, WorkMethods.Lease.ResponseCodec);
        var request = new byte[100];
        request[7] = 7;
        while (marks.Next())
        {
            using var answer = await SendSpan(client, same, request);
            if (answer.Length != 100 || answer.Memory.Span[7] != 7)
            {
                throw new InvalidOperationException("Another call's answer.");
            }
        }
    }

    // What the proxy does.
    private static ValueTask<LeasedBytes> SendSpan(
        RpcClient client, RpcMethod<ReadOnlyMemory<byte>, LeasedBytes> method, ReadOnlySpan<byte> span)
    {
        using var bytes = new RequestBytes(client, span);
        return client.InvokeAsync(method, bytes.Memory);
    }

    // The server answers with memory of the request; the client takes it as a lease, which costs no array.
    private static async Task SendBytesAsync(RpcClient client, Marks marks)
    {
        var echo = Methods.Make("Memory", WorkMethods.Memory.RequestCodec, WorkMethods.Lease.ResponseCodec);
        var request = new byte[100];
        for (var i = 0; marks.Next(); i++)
        {
            request[0] = (byte)i;
            using var answer = await client.InvokeAsync(echo, request);
            if (answer.Length != 100 || answer.Memory.Span[0] != (byte)i)
            {
                throw new InvalidOperationException("Another call's answer.");
            }
        }
    }

    private static async Task SendPlacesAsync(RpcClient client, Marks marks)
    {
        var service = new WorkClient(client);
        for (var i = 0; marks.Next(); i++)
        {
            var place = await service.MoveAsync(Guid.Empty, new Place(i, i), back: false, scale: 1);
            if (place.X != i)
            {
                throw new InvalidOperationException("Another call's answer.");
            }
        }
    }

    /// <summary>
    /// Counts calls and reads the process's allocations at the borders of the windows, while calls go on.
    /// </summary>
    private sealed class Marks(int callers)
    {
        // Many callers make the pool's queues and the pools of objects grow for longer before they are as large as they
        // get.
        private readonly int _warmUp = callers == 1 ? 30_000 : 200_000;
        private readonly long[] _bytes = new long[Windows + LongWindows + 1];
        private int _calls;
        private volatile bool _enough;

        private double Best { get; set; } = double.MaxValue;

        public void AssertNothing()
        {
            var windows = Enumerable.Range(1, Windows + LongWindows)
                .Select(i => $"{(_bytes[i] - _bytes[i - 1]) / (double)CallsOf(i):0.000}");
            Assert.True(Best < MaxBytesPerCall, $"Bytes per call in the windows: {string.Join(", ", windows)}.");
        }

        /// <summary>False when all windows are over, or one was good: the best of them decides.</summary>
        public bool Next()
        {
            var past = Interlocked.Increment(ref _calls) - _warmUp;
            if (past >= 0 && past % CallsPerWindow == 0 && TryFindBorder(past / CallsPerWindow, out var border))
            {
                _bytes[border] = GC.GetTotalAllocatedBytes(precise: true);
                var used = border == 0 ? double.MaxValue : _bytes[border] - _bytes[border - 1];
                Best = Math.Min(Best, used / CallsOf(border));
                _enough = border == Windows + LongWindows || Best < MaxBytesPerCall;
            }

            return !_enough;
        }

        private static int CallsOf(int window) => CallsPerWindow * (window <= Windows ? 1 : Longer);

        private static bool TryFindBorder(int windows, out int border)
        {
            var longer = windows - Windows;
            border = longer <= 0 ? windows : Windows + (longer / Longer);
            return (longer <= 0 || longer % Longer == 0) && border <= Windows + LongWindows;
        }
    }
}
