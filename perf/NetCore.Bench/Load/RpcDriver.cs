using System.Diagnostics;
using NetCore.Core;

namespace NetCore.Bench;

/// <summary>The load of RPC contestants: independent callers on one or more connections.</summary>
internal sealed class RpcDriver(RpcContestant contestant) : ILoadDriver
{
    private const int ChunkBytes = 64 * 1024;

    // After the end of a stretch, calls that were due still get this long to be started; or as long as it has lasted.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(2);

    private readonly IClientHalf _half = contestant.NewClientHalf();
    private readonly List<IRpcClient> _clients = [];
    private readonly byte[] _chunk = new byte[ChunkBytes];
    private readonly ThreadLatency _latency = new();
    private readonly RpcRun _once = new(new ThreadLatency(), null, once: true);
    private Caller[] _callers = [];
    private Uri _address = null!;
    private LoadShape _shape = null!;

    public long? SystemCalls => _half.SystemCalls;

    public long? Requests => _half.Requests;

    public void Connect(Uri address, LoadShape shape)
    {
        (_address, _shape) = (address, shape);
        var callers = shape.Traffic is Traffic.Echo or Traffic.LongTail ? shape.Connections * shape.Outstanding : 1;
        _callers = [.. Enumerable.Range(0, callers).Select(slot =>
            new Caller(slot, shape.PayloadBytes, shape.Traffic == Traffic.LongTail))];
        for (var i = 0; i < shape.Connections && shape.Traffic != Traffic.Connect; i++)
        {
            _clients.Add(Wait(_half.ConnectAsync(address)));
            if (shape.Traffic == Traffic.Idle)
            {
                CallOnce(_clients[i]);
            }
        }
    }

    public StretchResult Run(Stretch stretch)
    {
        var start = Stopwatch.GetTimestamp();
        switch (_shape.Traffic)
        {
            case Traffic.Items: return RunItems(stretch, _clients[0].ReceiveAsync);
            case Traffic.Exchange: return RunItems(stretch, _clients[0].ExchangeAsync);
            case Traffic.Connect: return RunConnects(stretch, start);
            case Traffic.BesideBulk: return RunBesideBulk(stretch);
            case Traffic.Idle: throw new InvalidOperationException("Idle connections carry no load.");
            default: return RunCalls(stretch);
        }
    }

    public void Dispose()
    {
        // Thousands of idle connections close faster beside each other.
        Task.WhenAll(_clients.Select(static client => client.DisposeAsync().AsTask())).GetAwaiter().GetResult();
        _clients.Clear();
        _half.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private StretchResult RunCalls(Stretch stretch)
    {
        var open = stretch.RatePerSecond > 0;
        var run = new RpcRun(_latency, open
            ? new OpenLoopPace(stretch.RatePerSecond, stretch.Duration, _callers.Length)
            : null);
        var start = Stopwatch.GetTimestamp();
        run.Pace?.Start();
        var calls = StartCallers(run);

        // When a caller fails, the others stop and the task ends early; an open loop ends by itself.
        var grace = stretch.Duration > LeastGrace ? stretch.Duration : LeastGrace;
        ((IAsyncResult)calls).AsyncWaitHandle.WaitOne(open ? stretch.Duration + grace : stretch.Duration);
        run.Stop();
        calls.GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var before = stretch.Latency.Count;
        _latency.MoveTo(stretch.Latency);
        var operations = stretch.Latency.Count - before;
        run.Pace?.Join();
        run.Pace?.ChargeUnstarted(stretch.Latency);
        return new StretchResult(operations, operations * _shape.PayloadBytes, seconds);
    }

    // Unpaced it tells the peak of the stream alone; paced it measures the calls beside it.
    private StretchResult RunBesideBulk(Stretch stretch)
    {
        var paced = stretch.RatePerSecond > 0;
        var pace = new BulkPace(stretch.RatePerSecond, _chunk);
        var run = new RpcRun(_latency, null);
        var start = Stopwatch.GetTimestamp();
        var stream = _clients[0].StreamAsync(pace);
        var calls = paced ? StartCallers(run) : Task.CompletedTask;
        ((IAsyncResult)(paced ? Task.WhenAny(calls, stream) : stream)).AsyncWaitHandle.WaitOne(stretch.Duration);
        run.Stop();
        calls.GetAwaiter().GetResult();
        pace.Stop();
        stream.GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var before = stretch.Latency.Count;
        _latency.MoveTo(stretch.Latency);
        var operations = paced ? stretch.Latency.Count - before : pace.Writes;
        return new StretchResult(operations, pace.Writes * ChunkBytes, seconds);
    }

    private StretchResult RunItems(Stretch stretch, Func<ItemCount, Task> load)
    {
        var count = new ItemCount(_shape.PayloadBytes);
        var start = Stopwatch.GetTimestamp();
        var items = Task.Run(() => load(count));
        ((IAsyncResult)items).AsyncWaitHandle.WaitOne(stretch.Duration);
        count.Stop();
        items.GetAwaiter().GetResult();
        return new StretchResult(
            count.Items, count.Items * _shape.PayloadBytes, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private StretchResult RunConnects(Stretch stretch, long start)
    {
        long operations = 0;
        while (Stopwatch.GetElapsedTime(start) < stretch.Duration)
        {
            var began = Stopwatch.GetTimestamp();
            var client = Wait(_half.ConnectAsync(_address));
            CallOnce(client);
            client.DisposeAsync().AsTask().GetAwaiter().GetResult();
            stretch.Latency.Record(Ticks.ToNanoseconds(Stopwatch.GetTimestamp() - began));
            operations++;
        }

        return new StretchResult(
            operations, operations * _shape.PayloadBytes, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private void CallOnce(IRpcClient client)
    {
        _once.Again();
        _callers[0].Arm(_once);
        client.CallAsync(_callers[0]).GetAwaiter().GetResult();
    }

    private Task StartCallers(RpcRun run)
    {
        var tasks = new Task[_callers.Length];
        for (var slot = 0; slot < tasks.Length; slot++)
        {
            var (caller, client) = (_callers[slot], _clients[slot % _clients.Count]);

            // On the pool: calls that complete at once must not keep this thread from ending the stretch.
            tasks[slot] = Task.Run(() => GuardAsync(run, caller, client));
        }

        return Task.WhenAll(tasks);
    }

    private static async Task GuardAsync(RpcRun run, Caller caller, IRpcClient client)
    {
        try
        {
            caller.Arm(run);
            await client.CallAsync(caller);
        }
        catch
        {
            run.Stop();
            throw;
        }
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
