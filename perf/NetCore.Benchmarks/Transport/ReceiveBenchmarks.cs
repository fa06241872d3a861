using BenchmarkDotNet.Attributes;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>
/// Bytes over a TCP connection to a receiver that they are pushed to, against a reader that pulls them.
/// </summary>
/// <remarks>
/// The same sender and the same connection below; the pull side is the pipe view, with its copy and its wake-up.
/// Sockets and the thread pool are in it, so compare the two lines of one run only.
/// </remarks>
[MemoryDiagnoser]
public class ReceiveBenchmarks
{
    private const int Transfer = 4 * 1024 * 1024;

    private Pair _pushed = null!;
    private Pair _pulled = null!;
    private PushedSink _push = null!;
    private PulledSink _pull = null!;

    /// <summary>Bytes of each send: a small message, and as much as one batch takes.</summary>
    [Params(1024, 64 * 1024)]
    public int SendBytes { get; set; }

    [GlobalSetup]
    public async Task SetUp()
    {
        var world = World.Default;
        var transport = new SocketTransport(world);
        _pushed = await Pair.ConnectAsync(transport, SendBytes);
        _pulled = await Pair.ConnectAsync(transport, SendBytes);
        _push = new PushedSink(_pushed.Receiving);
        _pull = new PulledSink(_pulled.Receiving);
    }

    [GlobalCleanup]
    public async Task CleanUp()
    {
        await _pushed.DisposeAsync();
        await _pulled.DisposeAsync();
        await _pull.DisposeAsync();
    }

    [Benchmark(Baseline = true)]
    public Task Push()
    {
        var done = _push.ExpectAsync(Transfer);
        _pushed.Source.Send(Transfer);
        return done;
    }

    [Benchmark]
    public Task Pull()
    {
        var done = _pull.ExpectAsync(Transfer);
        _pulled.Source.Send(Transfer);
        return done;
    }
}
