using NetCore.Framing;

namespace NetCore.Session.Tests;

public class FloodTests
{
    [Fact]
    [Trait("Wire", "W-57 R")]
    public void A_ping_is_answered_with_its_value()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Ping(0x1122334455667788));
        var pong = Assert.Single(wired.Sent());
        Assert.Equal((FrameKind.Pong, 0x1122334455667788ul), (pong.Kind, pong.Value));
    }

    [Fact]
    [Trait("Wire", "W-68 R")]
    public void Pings_at_the_allowed_rate_pass_and_faster_ones_end_the_session()
    {
        using var wired = new Wired();
        for (var i = 0; i < 500; i++)
        {
            wired.Feed(Frame.Ping(1));
            wired.World.Advance(TimeSpan.FromMilliseconds(21));
        }

        Assert.False(wired.Connection.Aborted);
        for (var i = 0; i < 250; i++)
        {
            wired.Feed(Frame.Ping(1));
        }

        wired.AssertFailed(SessionError.TooManyControlFrames);
    }

    [Fact]
    [Trait("Wire", "W-68 R")]
    public void Floods_of_pongs_goaways_and_empty_data_end_the_session()
    {
        foreach (var frame in (Frame[])[
            Frame.Pong(1), Frame.GoAway(0, SessionError.Draining), Frame.Data(1, [], end: false),
            Frame.Data(1, [], more: true), Frame.Data(3, [], end: false)])
        {
            using var wired = new Wired();
            wired.Feed(Frame.Open(1, [], end: false), Frame.Open(3), Frame.Reset(3));
            for (var i = 0; i < 250; i++)
            {
                wired.Feed(frame);
            }

            wired.AssertFailed(SessionError.TooManyControlFrames);
        }
    }

    [Fact]
    [Trait("Wire", "W-70 R")]
    public void Rapid_resets_of_running_work_end_the_session()
    {
        using var wired = new Wired();
        var cut = 0ul;
        for (ulong i = 0; i < 3000 && !wired.Connection.OutputEnded; i++)
        {
            wired.Feed(Frame.Open((2 * i) + 1), Frame.Reset((2 * i) + 1));
            cut = i;
        }

        Assert.InRange(cut, 900ul, 1100ul);
        wired.AssertFailed(SessionError.TooManyControlFrames);
        Assert.True(wired.Handler.Accepted.Count <= 1024 + 256 + 1);
    }

    [Fact]
    public void Resets_of_less_than_half_of_the_work_pass()
    {
        using var wired = new Wired();
        for (ulong i = 0; i < 1500; i++)
        {
            var first = (4 * i) + 1;
            wired.Feed(Frame.Open(first), Frame.Open(first + 2), Frame.Reset(first));
            while (wired.Handler.Accepted.TryDequeue(out var stream))
            {
                wired.Send(stream);
                wired.Session.Release(stream);
            }
        }

        Assert.False(wired.Connection.OutputEnded);
    }

    [Fact]
    [Trait("Wire", "W-70 R")]
    public void Opening_far_beyond_the_limit_ends_the_session()
    {
        using var wired = new Wired(options: new SessionOptions { MaxStreams = 1 });
        for (ulong i = 0; i < 3000 && !wired.Connection.OutputEnded; i++)
        {
            wired.Feed(Frame.Open((2 * i) + 1));
        }

        wired.AssertFailed(SessionError.TooManyControlFrames);
    }

    [Fact]
    [Trait("Wire", "W-69 R")]
    public void Answers_to_a_peer_that_does_not_read_are_bounded()
    {
        using var wired = new Wired(options: new SessionOptions { MaxStreams = 1 });
        wired.Handler.Opening = _ => null;
        wired.Connection.Block();
        for (ulong i = 0; i < 1001; i++)
        {
            wired.Feed(Frame.Open((2 * i) + 1));
        }

        wired.Connection.Unblock();
        wired.AssertFailed(SessionError.TooManyControlFrames);
    }

    [Fact]
    public void Resets_by_this_side_of_its_own_streams_are_never_lost()
    {
        using var wired = new Wired(SessionRole.Connector, peer: new SessionOptions { MaxStreams = 3000 });
        var streams = Enumerable.Range(0, 3000).Select(_ => wired.Open([1])).ToArray();
        wired.Sent();
        wired.Connection.Block();
        foreach (var stream in streams)
        {
            Assert.True(wired.Reset(stream, out var sent));
            Assert.True(sent);
        }

        wired.Connection.Unblock();
        Assert.Equal(3000, wired.Sent().Count(frame => frame.Kind == FrameKind.Reset));
    }

    [Fact]
    public void Resets_by_this_side_of_the_peers_streams_are_bounded()
    {
        using var wired = new Wired(options: new SessionOptions { MaxStreams = 4 });
        wired.Connection.Block();
        for (ulong i = 0; i < 1500 && !wired.Connection.Aborted; i++)
        {
            wired.Feed(Frame.Open((2 * i) + 1));
            wired.Handler.Accepted.TryDequeue(out var stream);
            wired.Reset(stream!, out _);
            wired.Session.Release(stream!);
        }

        wired.World.Settle();
        Assert.Equal(SessionError.TooManyControlFrames, wired.Close.Error);
    }

    [Fact]
    [Trait("Wire", "W-66 R")]
    public void Unfinished_messages_of_a_connection_are_bounded_together()
    {
        var options = new SessionOptions { ConnectionWindowBytes = SessionLimits.MaxWindowBytes };
        using var wired = new Wired(options: options);
        var full = new byte[16384];
        for (ulong i = 0; i < 6; i++)
        {
            var id = (2 * i) + 1;
            wired.Feed(Frame.Open(id, full, more: true));
            for (var j = 1; j < 255; j++)
            {
                wired.Feed(Frame.Data(id, full, more: true));
            }
        }

        Assert.True(wired.World.World.Budget.Used < 3 * SessionLimits.MaxAssemblyBytes);
        Assert.Contains(wired.Handler.Accepted, stream => stream.Ends is [{ Kind: StreamEndKind.OutOfMemoryBudget }]);
        Assert.Contains(wired.Sent(), frame => frame.IsReset(ResetCode.OutOfMemoryBudget));
    }

    [Fact]
    public void Fragments_of_single_bytes_do_not_hold_a_block_each()
    {
        using var wired = new Wired();
        wired.Feed(Frame.Open(1, [1], more: true));
        for (var i = 0; i < 2000; i++)
        {
            wired.Feed(Frame.Data(1, [1], more: true));
        }

        Assert.True(wired.World.World.Blocks.Outstanding <= 2);
        wired.Feed(Frame.Data(1, [1]));
        Assert.Equal(2002, wired.Handler.Accepted.Single().Messages.Single().Length);
    }

    [Theory]
    [InlineData(4097)]
    [InlineData(12 * 1024)]
    [InlineData((12 * 1024) + 1)]
    public void Fragments_that_come_alone_hold_less_than_three_times_their_bytes(int length)
    {
        using var wired = new Wired();
        var part = new byte[length];
        wired.Feed(Frame.Open(1, part, more: true));
        for (var i = 1; i < 100; i++)
        {
            wired.Feed(Frame.Data(1, part, more: true));
        }

        Assert.InRange(wired.World.World.Budget.Used, 100 * length, 300 * length);
    }

    [Fact]
    [Trait("Wire", "W-67 R")]
    public void When_memory_runs_out_the_stream_ends_and_the_session_lives()
    {
        using var wired = new Wired(byteBudget: 200_000);
        var full = new byte[16384];
        wired.Feed(Frame.Open(1, full, more: true));
        for (var i = 0; i < 20; i++)
        {
            wired.Feed(Frame.Data(1, full, more: true));
        }

        wired.Feed(Frame.Data(1, full), Frame.Open(3, [7]));
        Assert.Equal(StreamEndKind.OutOfMemoryBudget, wired.Handler.Accepted.First().End.Kind);
        Assert.Empty(wired.Handler.Accepted.First().Messages);
        Assert.Equal([7], wired.Handler.Accepted.Last().Messages.Single());
        Assert.Contains(wired.Sent(), frame => frame.IsReset(ResetCode.OutOfMemoryBudget));
    }

    [Fact]
    public void When_memory_runs_out_in_the_middle_of_a_batch_no_later_message_of_the_stream_comes()
    {
        foreach (var localEnded in (bool[])[false, true])
        {
            using var wired = new Wired(byteBudget: 100_000);
            wired.Feed(Frame.Open(1, [0], end: false));
            var stream = wired.Handler.Accepted.Single();
            Assert.Equal(localEnded, localEnded && wired.Send(stream));
            using var hog = new Hog(wired, 60_000);
            wired.Feed(
                Frame.Data(1, new byte[300], more: true), Frame.Data(1, new byte[300], end: false),
                Frame.Data(1, [2], end: false), Frame.Data(1, [3]), Frame.Open(3, [4]));
            Assert.Equal([0], Assert.Single(stream.Messages));
            Assert.Equal(StreamEndKind.OutOfMemoryBudget, stream.End.Kind);
            Assert.Equal([4], wired.Handler.Accepted.Last().Messages.Single());
        }
    }

    private sealed class Hog : IDisposable
    {
        private readonly List<Core.Block> _blocks = [];

        public Hog(Wired wired, int bytes)
        {
            for (var i = 0; i < bytes / Core.CoreLimits.SmallBlockBytes; i++)
            {
                _blocks.Add(wired.World.World.Blocks.Rent(Core.BlockSize.Small, "hog"));
            }
        }

        public void Dispose() => _blocks.ForEach(block => block.Release());
    }
}
