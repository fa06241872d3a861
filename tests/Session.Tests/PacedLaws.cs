using FsCheck;
using FsCheck.Xunit;
using NetCore.Framing;
using NetCore.Session.Internal;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Session.Tests;

/// <summary>Paced streams between two sessions and any course of them: no byte of credit is lost or made.</summary>
public class PacedLaws
{
    private const int Window = SessionLimits.MinWindowBytes;

    private static readonly SessionOptions Small = new() { StreamWindowBytes = Window, ConnectionWindowBytes = Window };

    [Property(MaxTest = 150)]
    public void What_one_side_may_send_and_the_other_holds_or_owes_is_always_the_window(
        DoNotSize<int>[] operations, DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var pipe = new InMemoryOptions
        {
            PipeBytes = 1 + random.Next(40_000), MaxDeliveryBytes = 1 + random.Next(9000),
        };
        using var pair = new Pair(Small, Small, seed.Item, permute: true, pipe);
        var sides = new[]
        {
            new Side(pair.Client, pair.ClientHandler), new Side(pair.Server, pair.ServerHandler),
        };
        foreach (var operation in operations)
        {
            var value = (uint)operation.Item;
            Do(pair, sides[value & 1], (value >> 1) % 16, (int)((value >> 5) % 60_000), random);
            pair.Client.AssertCredit();
            pair.Server.AssertCredit();
        }

        pair.World.Settle();
        AssertExact(pair.Client, pair.Server);
        AssertExact(pair.Server, pair.Client);
    }

    private static void Do(Pair pair, Side side, uint what, int size, SeededRandomSource random)
    {
        switch (what)
        {
            case < 3:
                side.Open(size % 3 == 0 ? size : size % 400);
                break;
            case < 8:
                side.Send(size % 3 == 0 ? size : size % 400, end: size % 19 == 0, random);
                break;
            case < 11:
                side.Consume(random);
                break;
            case 11:
                side.Reset(random);
                break;
            default:
                for (var steps = size % 40; steps > 0 && pair.World.Executor.RunOne(); steps--)
                {
                }

                break;
        }
    }

    // Nothing is under way any more.
    private static void AssertExact(PeerSession from, PeerSession to)
    {
        Assert.Equal(Window, from.Core.Scheduler.ConnectionCredit + to.Core.Credit.Ungranted);
        foreach (var sending in from.Core.Streams.Open.Select(stream => stream.State))
        {
            if (to.Core.Streams.Find(sending.Id)?.State is { RemoteEnded: false } receiving)
            {
                Assert.Equal(
                    Window + receiving.Lent, sending.SendCredit + receiving.Ungranted + receiving.Held);
            }
        }
    }

    private sealed class Side
    {
        private readonly List<TestStream> _streams = [];
        private readonly Dictionary<TestStream, int> _taken = [];
        private readonly PeerSession _session;

        public Side(PeerSession session, TestHandler handler)
        {
            _session = session;
            handler.Opening = protocol => Add(protocol);
        }

        public void Open(int bytes)
        {
            var stream = Add(UpperProtocol.User);
            var message = Pair.Message(_session, new byte[bytes]);
            Assert.Equal(
                OpenResult.Opened,
                _session.Open(stream, message, UpperProtocol.User, end: false, frameClass: FrameClass.Bulk));
        }

        public void Send(int bytes, bool end, SeededRandomSource random)
        {
            if (Any(random) is { IsOver: false } stream && bytes > 0)
            {
                Pair.Send(_session, stream, new byte[bytes], end);
            }
        }

        public void Consume(SeededRandomSource random)
        {
            if (Any(random) is { } stream)
            {
                // All whole messages that have come.
                var bytes = stream.Messages.Sum(message => message.Length);
                _session.Consume(stream, stream.Life, bytes - _taken[stream]);
                _taken[stream] = bytes;
            }
        }

        public void Reset(SeededRandomSource random)
        {
            if (Any(random) is { } stream
                && _session.TryReset(stream, stream.Life, ResetCode.Cancelled, out _))
            {
                stream.MarkReset();
                _session.Release(stream);
            }
        }

        private TestStream? Any(SeededRandomSource random) =>
            _streams.Count == 0 ? null : _streams[random.Next(_streams.Count)];

        private TestStream Add(UpperProtocol protocol)
        {
            var stream = new TestStream(paced: true) { Protocol = protocol };
            _streams.Add(stream);
            _taken.Add(stream, 0);
            return stream;
        }
    }
}
