using FsCheck;
using FsCheck.Xunit;
using NetCore.Framing;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>Two sessions and any operations on them; the list of operations shrinks when a law breaks.</summary>
public class DialogueLaws
{
    private static readonly SessionOptions Small = new()
    {
        StreamWindowBytes = 65536,
        ConnectionWindowBytes = 65536,
        MaxStreams = 3,
        IdleTimeout = TimeSpan.FromSeconds(30),
    };

    [Property(MaxTest = 200)]
    public void Every_stream_ends_once_with_a_prefix_of_its_messages_and_all_memory_comes_back(
        DoNotSize<int>[] operations, DoNotSize<ulong> seed)
    {
        var random = new Testing.Shared.SeededRandomSource(seed.Item);
        var options = Small with { Checksum = random.Next(2) == 0, Compress = random.Next(2) == 0 };
        var pipe = new InMemoryOptions
        {
            PipeBytes = 1 + random.Next(40_000), MaxDeliveryBytes = 1 + random.Next(9000),
        };
        using var pair = new Pair(options, options, seed.Item, permute: true, pipe, settle: false);
        var client = new Side(pair.Client, pair.ClientHandler);
        var server = new Side(pair.Server, pair.ServerHandler);
        foreach (var operation in operations)
        {
            var value = (uint)operation.Item;
            var side = (value & 1) == 0 ? client : server;
            Do(pair, side, (value >> 1) % 64, (int)((value >> 7) % 65536), random);
        }

        pair.Client.Abort();
        pair.Server.Abort();
        pair.World.Settle();
        client.AssertEnded();
        server.AssertEnded();
        AssertPrefixes(client, server);
        AssertPrefixes(server, client);
    }

    private static void Do(Pair pair, Side side, uint what, int size, Testing.Shared.SeededRandomSource random)
    {
        switch (what)
        {
            case < 16:
                side.Open(size % 3 == 0 ? size : size % 300, random);
                break;
            case < 32:
                side.Send(size % 5 == 0 ? size : size % 300, random);
                break;
            case < 36:
                side.Reset(random);
                break;
            case 36:
                side.Session.DrainAsync(TimeSpan.FromSeconds(1)).AsTask();
                break;
            case 37 when size % 4 == 0:
                side.Session.Abort();
                break;
            case < 40:
                pair.World.Advance(TimeSpan.FromMilliseconds(size % 4000));
                break;
            default:
                for (var i = 0; i < size % 30; i++)
                {
                    pair.World.Executor.RunOne();
                }

                break;
        }
    }

    // What one side received on a stream is a prefix of what the other sent, and all of it when both ended in order.
    private static void AssertPrefixes(Side from, Side to)
    {
        var receivers = to.Streams.Where(stream => stream.Id != 0).ToDictionary(stream => stream.Id);
        foreach (var sender in from.Streams.Where(stream => stream.Id != 0))
        {
            if (!receivers.TryGetValue(sender.Id, out var receiver))
            {
                Assert.Contains(sender, from.Own);
                continue;
            }

            var sent = from.Sent[sender];
            Assert.True(receiver.Messages.Count <= sent.Count);
            for (var i = 0; i < receiver.Messages.Count; i++)
            {
                Assert.Equal(sent[i], receiver.Messages[i]);
            }

            if (receiver.Ends is [{ Kind: StreamEndKind.Completed }])
            {
                Assert.Equal(sent.Count, receiver.Messages.Count);
            }
        }
    }

    private sealed class Side
    {
        private readonly TestHandler _handler;

        public Side(PeerSession session, TestHandler handler)
        {
            Session = session;
            _handler = handler;
            handler.Opening = protocol =>
            {
                var stream = new TestStream { Protocol = protocol, OnOver = session.Release };
                Sent[stream] = [];
                return stream;
            };
        }

        public PeerSession Session { get; }

        public List<TestStream> Own { get; } = [];

        public Dictionary<TestStream, List<byte[]>> Sent { get; } = [];

        public IEnumerable<TestStream> Streams => Own.Concat(_handler.Accepted);

        public void Open(int size, Testing.Shared.SeededRandomSource random)
        {
            var stream = new TestStream();
            var bytes = Payload.Random(size, size);
            var frameClass = random.Next(3) == 0 ? FrameClass.Bulk : FrameClass.Call;
            var message = Pair.Message(Session, bytes);
            if (Session.Open(stream, message, UpperProtocol.User, random.Next(2) == 0, false, frameClass)
                == OpenResult.Opened)
            {
                Own.Add(stream);
                Sent[stream] = [bytes];
            }
        }

        public void Send(int size, Testing.Shared.SeededRandomSource random)
        {
            if (Any(random) is { } stream)
            {
                var bytes = Payload.Random(1 + size, size);
                if (Pair.Send(Session, stream, bytes, random.Next(3) == 0))
                {
                    Sent[stream].Add(bytes);
                }
            }
        }

        public void Reset(Testing.Shared.SeededRandomSource random)
        {
            if (Any(random) is { } stream && Session.TryReset(stream, stream.Life, ResetCode.Cancelled, out var sent))
            {
                stream.MarkReset();
                Session.Release(stream);
                Assert.Equal(stream.Id != 0, sent);
            }
        }

        public void AssertEnded()
        {
            foreach (var stream in Streams)
            {
                Assert.Empty(stream.Breaches);
                Assert.True(stream.IsOver);
                Assert.All(stream.Ends, end => Assert.Equal(stream.Id != 0, end.Sent));
            }

            var ids = Own.Select(stream => stream.Id).Where(id => id != 0).ToList();
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }

        private TestStream? Any(Testing.Shared.SeededRandomSource random)
        {
            var streams = Streams.ToList();
            return streams.Count == 0 ? null : streams[random.Next(streams.Count)];
        }
    }
}
