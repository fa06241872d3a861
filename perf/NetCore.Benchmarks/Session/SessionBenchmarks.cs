using BenchmarkDotNet.Attributes;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Session;
using NetCore.Transport;

namespace NetCore.Benchmarks.Session;

/// <summary>
/// A message there and one back between two sessions in memory, all on one thread; times are for one exchange.
/// </summary>
/// <remarks>
/// Open, frame, credit, scheduling and both receive paths, without system calls and without the thread pool. The
/// in-memory connection checks its users, which a socket does not; the figure compares one version with the next.
/// </remarks>
[MemoryDiagnoser]
public class SessionBenchmarks : IDisposable
{
    private const int Exchanges = 64;

    private readonly LoopExecutor _executor = new();
    private readonly AskingStream[] _streams = new AskingStream[Exchanges];
    private World _world = null!;
    private PeerSession _client = null!;
    private byte[] _payload = [];

    [Params(32, 1024, 16 * 1024)]
    public int PayloadBytes { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        // Nobody drives the timers, so time stands still and no ping comes in between.
        _world = new World(new WorldOptions { Executor = _executor, DriveTimers = false });
        _payload = Samples.Noise(PayloadBytes);
        var transport = new InMemoryTransport(_world);
        var address = TransportAddress.InProcess("session");

        // In memory both complete at once.
        _ = transport.ListenAsync(address, Accept).AsTask().GetAwaiter().GetResult();
        var connection = transport.ConnectAsync(address).AsTask().GetAwaiter().GetResult();
        _client = new PeerSession(_world, connection, SessionRole.Connector, new SilentHandler());
        _client.Start();
        _executor.RunAll();
        if (!_client.Established.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("The sessions did not shake hands.");
        }

        for (var i = 0; i < Exchanges; i++)
        {
            _streams[i] = new AskingStream();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _client.Abort();
        _executor.RunAll();
        _world.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>One after the other.</summary>
    [Benchmark(OperationsPerInvoke = Exchanges)]
    public void OneByOne()
    {
        foreach (var stream in _streams)
        {
            Ask(stream);
            _executor.RunAll();
            Check(stream);
        }
    }

    /// <summary>All 64 under way at once: frames gather in batches.</summary>
    [Benchmark(OperationsPerInvoke = Exchanges)]
    public void AllAtOnce()
    {
        foreach (var stream in _streams)
        {
            Ask(stream);
        }

        _executor.RunAll();
        foreach (var stream in _streams)
        {
            Check(stream);
        }
    }

    private void Accept(Connection connection) =>
        new PeerSession(_world, connection, SessionRole.Acceptor, new EchoHandler()).Start();

    private void Ask(AskingStream stream)
    {
        stream.Begin();
        var message = _client.RentMessage();

        // One contiguous piece, so that each message is one frame.
        _payload.CopyTo(message.Reserve(_payload.Length));
        if (_client.Open(stream, message, UpperProtocol.User, end: true, singleExchange: true) != OpenResult.Opened)
        {
            Wrong.Status();
        }
    }

    private void Check(AskingStream stream)
    {
        if (stream.Answered != PayloadBytes || !stream.Over)
        {
            throw new InvalidOperationException($"The answer has {stream.Answered} bytes.");
        }
    }
}
