using NetCore.Core;

namespace NetCore.Rpc.Tests;

/// <summary>A call in its steady state allocates nothing, on both sides together.</summary>
/// <remarks>Runs alone: it counts the whole process.</remarks>
[CollectionDefinition(nameof(AllocationGateTests), DisableParallelization = true)]
public sealed class AllocationGate;

[Collection(nameof(AllocationGateTests))]
public class AllocationGateTests
{
    private const int CallsPerWindow = 100_000;
    private const int Windows = 3;

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

        // Many callers make the pool's queues and the pools of objects grow for longer before they are as large as they
        // get.
        var marks = new Marks(warmUp: callers == 1 ? 30_000 : 200_000);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => payload == "bytes"
            ? SendBytesAsync(rig.Client, marks)
            : SendPlacesAsync(rig.Client, marks)));
        var best = marks.BestBytes / (double)CallsPerWindow;
        Assert.True(best < MaxBytesPerCall, $"{best:0.000} bytes per call in the best of {Windows} windows.");
    }

    // The server answers with memory of the request; the client takes it as a lease, which costs no array.
    private static async Task SendBytesAsync(RpcClient client, Marks marks)
    {
        await Task.Yield();
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
        await Task.Yield();
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
    private sealed class Marks(int warmUp)
    {
        private readonly long[] _bytes = new long[Windows + 1];
        private int _calls;
        private volatile bool _enough;

        public long BestBytes { get; private set; } = long.MaxValue;

        /// <summary>False when all windows are over, or one was good: the best of them decides.</summary>
        public bool Next()
        {
            var past = Interlocked.Increment(ref _calls) - warmUp;
            var window = past / CallsPerWindow;
            if (past >= 0 && past % CallsPerWindow == 0 && window <= Windows)
            {
                _bytes[window] = GC.GetTotalAllocatedBytes(precise: true);
                BestBytes = window == 0 ? BestBytes : Math.Min(BestBytes, _bytes[window] - _bytes[window - 1]);
                _enough = window == Windows || BestBytes < MaxBytesPerCall * CallsPerWindow;
            }

            return !_enough;
        }
    }
}
