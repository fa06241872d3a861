using FsCheck;
using FsCheck.Xunit;
using NetCore.Framing;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

public class WireLaws
{
    private static readonly SessionOptions Small = new()
    {
        StreamWindowBytes = 65536, ConnectionWindowBytes = 65536, MaxMessageBytes = 40_000, MaxStreams = 16,
    };

    [Property(MaxTest = 100)]
    public void Any_frames_leave_the_session_alive_or_ended_with_a_reason_and_nothing_behind(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var connector = random.Next(2) == 0;
        var bytes = new FrameScript(random, connector, random.Next(2) * 30).Bytes(150);
        Play(connector, bytes, random, pieces: 5000, active: true, out _);
    }

    [Property(MaxTest = 100)]
    public void Any_bytes_after_a_hello_do_no_harm(byte[] bytes, DoNotSize<ulong> seed)
    {
        byte[] all = [.. Frame.Hello().Bytes, .. bytes];
        Play(true, all, new SeededRandomSource(seed.Item), pieces: 50, active: true, out _);
    }

    [Property(MaxTest = 50)]
    public void Any_split_of_the_bytes_gives_the_same_session(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var connector = random.Next(2) == 0;
        var bytes = new FrameScript(random, connector, 10).Bytes(80);

        var whole = Play(connector, bytes, random, pieces: int.MaxValue, active: false, out var wholeOut);
        var split = Play(connector, bytes, random, pieces: 3000, active: false, out var splitOut);
        var tiny = Play(connector, bytes, random, pieces: 300, active: false, out var tinyOut);

        Assert.Equal(whole, split);
        Assert.Equal(whole, tiny);
        if (!whole[0].Contains("Error = Aborted, ByPeer = False", StringComparison.Ordinal))
        {
            // A session that fails drops the answers that are still waiting, and their number depends on the split.
            return;
        }

        Assert.Equal(wholeOut, splitOut);
        Assert.Equal(wholeOut, tinyOut);
    }

    [Property(MaxTest = 100)]
    public void Credit_adds_up_for_the_connection_and_each_stream(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var bytes = new FrameScript(random, connector: false, faultsInThousand: 0).Bytes(200);
        using var wired = new Wired(SessionRole.Acceptor, Small, hello: false);
        wired.Connection.Feed(bytes);
        var sent = wired.Sent();
        Assert.DoesNotContain(sent, frame => frame.Kind == FrameKind.GoAway);

        var received = Frame.ReadAll(bytes).Where(IsOfStream).ToList();
        var all = received.Sum(frame => (long)frame.Payload.Length);
        var grants = sent.Where(frame => frame is { Kind: FrameKind.Credit, Id: 0 }).ToList();
        Assert.All(grants, grant => Assert.InRange(grant.Code, 16384u, 32768u));
        Assert.InRange(all - grants.Sum(grant => grant.Code), 0, 16383);

        foreach (var stream in wired.Handler.Accepted.Where(stream => !stream.IsOver))
        {
            var own = received.Where(frame => frame.Id == stream.Id).ToList();
            if (!own.Any(frame => frame.IsEnd))
            {
                var granted = sent.Where(frame => frame.Kind == FrameKind.Credit && frame.Id == stream.Id);
                Assert.InRange(own.Sum(frame => frame.Payload.Length) - granted.Sum(frame => frame.Code), 0, 16383);
            }
        }
    }

    private static bool IsOfStream(Frame frame) => frame.Kind is FrameKind.Open or FrameKind.Data;

    // What the session did: every stream's messages and end, and how it ended; its output apart. A passive one opens,
    // answers and limits nothing, because what such acts meet depends on when they come.
    private static List<string> Play(
        bool connector, byte[] bytes, SeededRandomSource random, int pieces, bool active, out List<string> output)
    {
        using var wired = new Wired(
            connector ? SessionRole.Connector : SessionRole.Acceptor,
            active ? Small : Small with { MaxStreams = 1024 },
            hello: false);
        var owned = Enumerable.Range(0, connector && active ? 3 : 0)
            .Select(i => wired.Open(new byte[i * 9000])).ToList();
        wired.Handler.Opening = protocol => new TestStream
        {
            OnWhole = (stream, message, last) =>
                _ = active && wired.Send(stream, message[..Math.Min(message.Length, 2000)], last),
            OnOver = stream => wired.Session.Release(stream),
        };
        for (var rest = bytes.AsSpan(); !rest.IsEmpty;)
        {
            var length = Math.Min(rest.Length, pieces == int.MaxValue ? rest.Length : 1 + random.Next(pieces));
            wired.Connection.Feed(rest[..length]);
            rest = rest[length..];
        }

        wired.World.Settle();
        output = [.. wired.Sent().Select(frame => $"{frame.Header} {Convert.ToHexString(frame.Payload)}").Order()];
        wired.World.Advance(TimeSpan.FromSeconds(1.5));
        wired.Session.Abort();
        wired.World.Settle();
        Assert.True(owned.TrueForAll(stream => stream is { IsOver: true, Breaches.Count: 0 }));
        return [
            wired.Close.ToString(),
            .. owned.Concat(wired.Handler.Accepted).Select(stream =>
                $"{stream.Id}: {stream.End} {string.Join(' ', stream.Messages.Select(Convert.ToHexString))}"),
        ];
    }
}
