using System.Buffers;
using NetCore.Core;
using NetCore.Framing;
using NetCore.PubSub.Internal;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>A broker that the test plays, block by block.</summary>
internal sealed class FakeBroker : ISessionHandler, IDisposable
{
    private readonly TestWorld _test = new();
    private readonly InMemoryTransport _transport;
    private readonly Played _stream;
    private readonly Played _second;
    private readonly Listener _listener;
    private PeerSession? _session;
    private Task<TopicClient>? _client;
    private int _opened;

    public FakeBroker()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        _stream = new Played(this);
        _second = new Played(this);
        _transport = new InMemoryTransport(_test.World);
        _listener = _transport.ListenAsync("inproc://fake", connection =>
        {
            _session = new PeerSession(_test.World, connection, SessionRole.Acceptor, this);
            _session.Start();
        }).AsTask().Result;
    }

    public static byte[] Attached => RawTopics.Block(
        BlockKind.Attached, [.. BitConverter.GetBytes(7ul), .. RawTopics.Fields(1024 * 1024, 1024 * 1024, 1)]);

    public List<byte[]> Messages { get; } = [];

    public World World => _test.World;

    public Task<TopicClient> Connect(TimeSpan? answerTimeout = null, CancellationToken cancellationToken = default)
    {
        var options = new TopicClientOptions { World = _test.World, Transport = _transport };
        options = answerTimeout is { } timeout ? options with { AnswerTimeout = timeout } : options;
        _client = TopicClient.ConnectAsync("inproc://fake", options, cancellationToken).AsTask();
        Settle();
        return _client;
    }

    public void Answer(byte[] bytes) => Answer(_stream, bytes);

    /// <summary>Answers on the second stream that was opened.</summary>
    public void AnswerSecond(byte[] bytes)
    {
        Settle();
        Answer(_second, bytes);
    }

    public void Advance(TimeSpan time) => _test.Advance(time);

    public void Settle() => _test.Settle();

    public void Finish(ValueTask task)
    {
        var finishing = task.AsTask();
        Settle();
        Assert.True(finishing.IsCompleted);
        finishing.GetAwaiter().GetResult();
    }

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol) =>
        _opened++ switch { 0 => _stream, 1 => _second, _ => new Played(this) };

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }

    public void Dispose()
    {
        _session?.Abort();
        Settle();
        var listening = _listener.DisposeAsync().AsTask();
        var disposing = _client is { IsCompletedSuccessfully: true } ? _client.Result.DisposeAsync().AsTask() : null;
        Settle();
        Assert.True(listening.IsCompleted && disposing?.IsCompleted != false);
        _test.World.Blocks.AssertAllReturned();
        _test.Dispose();
    }

    private void Answer(Played stream, byte[] bytes)
    {
        var message = _session!.RentMessage();
        message.Write(bytes);
        _session.Send(stream, message, end: false);
        Settle();
    }

    private sealed class Played(FakeBroker broker) : SessionStream
    {
        protected override void OnMessage(in IncomingMessage message)
        {
            var bytes = new byte[message.Length];
            message.CopyTo(0, bytes);
            broker.Messages.Add(bytes);
        }

        protected override void OnEnded(in StreamEnd end)
        {
        }
    }
}
