using System.Buffers.Binary;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Requests that no client of this library sends, by hand; each test ends at the baseline.</summary>
public abstract class MalformedRequestTests(RpcLane lane)
{
    private static readonly (RpcErrorCode, RpcExecution) Bad = (RpcErrorCode.BadMessage, RpcExecution.NotSent);

    [Fact]
    [Trait("Wire", "W-77 R")]
    public void A_request_that_is_too_short_is_answered_with_bad_message() =>
        Assert.Equal(Bad, OutcomeOf([1, 2, 3]));

    [Fact]
    [Trait("Wire", "W-77 R")]
    public void A_request_without_time_left_is_answered_with_bad_message() =>
        Assert.Equal(Bad, OutcomeOf(RawClient.Request("Run", timeout: 0, 1)));

    [Fact]
    public void A_request_with_more_time_than_the_limit_is_answered_with_bad_message() =>
        Assert.Equal(Bad, OutcomeOf(RawClient.Request("Run", RpcLimits.MaxTimeoutMilliseconds + 1, 1)));

    [Fact]
    [Trait("Wire", "W-77 R")]
    public void A_request_with_unknown_flags_is_answered_with_bad_message() =>
        Assert.Equal(Bad, OutcomeOf(RawClient.Request("Run", 1000, 1, flags: 2)));

    [Fact]
    [Trait("Wire", "W-78 R")]
    public void A_request_with_bytes_left_over_is_answered_with_bad_message() =>
        Assert.Equal(Bad, OutcomeOf([.. RawClient.Request("Run", 1000, 1), 9]));

    [Fact]
    [Trait("Wire", "W-79 R")]
    public void A_request_for_an_unknown_method_is_told_so() => Assert.Equal(
        (RpcErrorCode.UnknownMethod, RpcExecution.NotSent), OutcomeOf(RawClient.Request("Missing", 1000, 1)));

    [Fact]
    public void A_stream_of_another_protocol_is_refused()
    {
        using var rig = new SteppedRig(lane: lane);
        var raw = new RawClient(rig);
        var stream = raw.Send(RawClient.Request("Run", 1000, 1), protocol: UpperProtocol.PubSub);
        var end = stream.End!.Value;
        Assert.Equal((StreamEndKind.ResetByPeer, ResetCode.NoSuchProtocol), (end.Kind, end.Code));
        raw.Close();
    }

    [Fact]
    [Trait("Wire", "W-81 R")]
    public void A_request_of_several_messages_ends_its_stream_and_touches_no_other_call()
    {
        using var rig = new SteppedRig(lane: lane);
        var raw = new RawClient(rig);
        var first = raw.Send(RawClient.Request("Run", 1000, 1), end: false);
        Assert.Equal(StreamEndKind.ResetByPeer, first.End!.Value.Kind);

        // The same in one batch: the later messages are already on their way when the stream is given up.
        var streams = new List<RawStream>();
        raw.Session.Connection.HoldSends();
        for (var i = 0; i < 5; i++)
        {
            var stream = raw.Send(RawClient.Request("Run", 1000, i), end: false);
            for (var j = 0; j < 3; j++)
            {
                raw.Session.Send(stream, stream.Message(RawClient.Request("Run", 1000, 100 + j)), end: j == 2);
            }

            streams.Add(stream);
        }

        raw.Session.Connection.ReleaseSends();
        rig.Test.Settle();
        Assert.All(streams, stream => Assert.Null(stream.Response));
        Assert.All(streams, stream => Assert.NotNull(stream.End));
        Assert.Equal(0, rig.Service.Started);
        Assert.Equal([1, 2, 3], Enumerable.Range(1, 3).Select(i => rig.Get(rig.Calls.RunAsync(i))));
        raw.Close();
    }

    [Fact]
    public void A_request_that_is_reset_before_it_is_whole_gives_its_slot_back()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(4), lane: lane);
        var raw = new RawClient(rig);
        for (var i = 0; i < 20; i++)
        {
            // Longer than the window: the rest waits for credit, and then the caller gives up.
            var stream = new RawStream(raw.Session);
            var message = raw.Session.RentMessage();
            message.Reserve(20);
            for (var written = 0; written < 300 * 1024; written += 16 * 1024)
            {
                message.Reserve(16 * 1024);
            }

            raw.Session.Connection.HoldSends();
            Assert.Equal(OpenResult.Opened, raw.Session.Open(stream, message, UpperProtocol.Rpc, end: true));
            raw.Session.Connection.ReleaseSends();
            Assert.True(raw.Session.TryReset(stream, stream.Life, ResetCode.Cancelled, out var sent));
            Assert.True(sent);
            rig.Test.Settle();
        }

        Assert.Equal(1, raw.Send(RawClient.Request("Run", 1000, 1)).Response![4]);
        raw.Close();
    }

    [Fact]
    public void A_request_that_is_too_large_gives_its_slot_back()
    {
        using var rig = new SteppedRig(options => options with
        {
            Session = new SessionOptions { MaxStreams = 4, MaxMessageBytes = 32 * 1024 },
        });
        for (var i = 0; i < 20; i++)
        {
            rig.AssertFails(rig.Calls.ArrayAsync(new byte[40 * 1024]).AsTask(),
                RpcErrorCode.MessageTooLarge, RpcExecution.NotSent);
        }

        Assert.Equal(3, rig.Get(rig.Calls.RunAsync(3)));
    }

    [Fact]
    [Trait("Wire", "W-80 R")]
    public void A_one_way_request_is_taken_without_an_error_whatever_is_wrong_with_it()
    {
        using var rig = new SteppedRig(SteppedRig.MaxStreams(2), lane: lane);
        var raw = new RawClient(rig);
        for (var i = 0; i < 10; i++)
        {
            Assert.Empty(raw.Send(RawClient.Request("Missing", 1000, 1, flags: 1)).Response!);
            Assert.Empty(raw.Send(RawClient.Request("Run", 0, 1, flags: 1)).Response!);
            Assert.Empty(raw.Send(RawClient.Request("Run", uint.MaxValue, 1, flags: 1)).Response!);
            Assert.Empty(raw.Send([.. RawClient.Request("Run", 1000, 1, flags: 1), 0]).Response!);
        }

        Assert.Equal(0, rig.Service.Started);

        raw.Close();
    }

    private (RpcErrorCode, RpcExecution) OutcomeOf(byte[] request)
    {
        using var rig = new SteppedRig(lane: lane);
        var raw = new RawClient(rig);
        var stream = raw.Send(request);
        Assert.Equal(StreamEndKind.Completed, stream.End!.Value.Kind);
        Assert.Equal(0, rig.Service.Started);
        Assert.Equal(3, rig.Get(rig.Calls.RunAsync(3)));
        raw.Close();
        var outcome = stream.Outcome;
        Assert.Equal(0, BinaryPrimitives.ReadUInt16LittleEndian(stream.Response.AsSpan(2)));
        return outcome;
    }
}
