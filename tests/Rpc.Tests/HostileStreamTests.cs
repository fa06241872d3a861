using System.Buffers.Binary;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Peers that break the rules of calls with items.</summary>
public class HostileStreamTests
{
    private const uint ClientStream = (uint)RpcMethodKind.ClientStream << 1;
    private const uint ServerStream = (uint)RpcMethodKind.ServerStream << 1;

    [Theory]
    [Trait("Wire", "W-87 R")]
    [InlineData("")]
    [InlineData("010000")]
    [InlineData("0500000001020304")]
    [InlineData("04000000010203040100")]
    [InlineData("FFFFFFFF01020304")]
    [InlineData("0400000001020304" + "00000080")]
    public void Items_that_do_not_fill_their_message_fail_the_call_after_those_before_it(string bytes)
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = client.Send(Request("Sum", ClientStream), end: false);
        Send(rig, client, stream, Convert.FromHexString("0400000007000000"));
        Send(rig, client, stream, Convert.FromHexString(bytes));
        Assert.Equal((RpcErrorCode.BadMessage, RpcExecution.Executed), stream.Outcome);
        Assert.Equal(1, rig.Flows.Items);
        client.Close();
    }

    [Fact]
    [Trait("Wire", "W-87 R")]
    public void A_message_of_several_frames_is_one_item()
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = client.Send(Request("Sum", ClientStream), end: false);

        // Items that would be right, were they in one frame each.
        var many = new byte[40_000];
        for (var i = 0; i < many.Length; i += 8)
        {
            many[i] = 4;
        }

        Send(rig, client, stream, many);
        Assert.Equal((RpcErrorCode.BadMessage, RpcExecution.Executed), stream.Outcome);
        client.Close();
    }

    [Theory]
    [Trait("Wire", "W-86 R")]
    [InlineData("Count", ClientStream, false)]
    [InlineData("Count", 0, true)]
    [InlineData("Sum", ServerStream, true)]
    [InlineData("Sum", ClientStream, true)]
    [InlineData("Sum", ClientStream | 1, true)]
    public void A_request_whose_flags_are_not_those_of_the_method_is_not_run(string method, uint flags, bool end)
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = client.Send(Request(method, flags), end);
        Assert.Equal((RpcErrorCode.BadMessage, RpcExecution.NotSent), stream.Outcome);
        Assert.Equal(0, rig.Flows.Items);
        client.Close();
    }

    [Fact]
    [Trait("Wire", "W-81 R")]
    public void Items_for_a_method_whose_caller_sends_none_end_the_stream()
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = client.Send(Request("Count", ServerStream), end: false);
        Assert.Equal((StreamEndKind.ResetByPeer, ResetCode.Failed), (stream.End!.Value.Kind, stream.End.Value.Code));
        client.Close();
    }

    [Theory]
    [Trait("Wire", "W-88 R")]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("FF000000")]
    public void An_end_of_items_without_its_header_fails_the_call(string bytes)
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = client.Send(Request("Sum", ClientStream), end: false);
        Send(rig, client, stream, Convert.FromHexString(bytes), end: true);
        Assert.Equal((RpcErrorCode.BadMessage, RpcExecution.Executed), stream.Outcome);
        client.Close();
    }

    [Theory]
    [Trait("Wire", "W-89 S")]
    [InlineData(6000)]
    [InlineData(16_373)]
    [InlineData(30_000)]
    public void A_message_longer_than_a_frame_has_one_item(int length)
    {
        using var rig = new SteppedRig();
        var client = new RawClient(rig);
        var stream = new KeepingStream();
        var request = client.Session.RentMessage();
        System.Buffers.BuffersExtensions.Write(request, Request("Bytes", ServerStream, [12, 0, 0, 0, .. Int(length)]));
        client.Session.Open(stream, request, Framing.UpperProtocol.Rpc, end: true);
        rig.Test.Settle();
        var items = 0;
        foreach (var (bytes, isLast) in stream.Messages.Where(message => !message.IsLast))
        {
            Assert.False(isLast);
            Assert.Equal(0, bytes.Length % (8 + length));
            Assert.True(bytes.Length <= Framing.FramingLimits.MaxPayloadBytes || bytes.Length == 8 + length);
            items += bytes.Length / (8 + length);
        }

        Assert.Equal(12, items);
        Assert.Equal([0, (byte)RpcExecution.Executed, 0, 0], stream.Messages[^1].Bytes);
        client.Close();
    }

    [Fact]
    public void Single_bytes_do_not_make_the_server_keep_a_block_for_each()
    {
        using var rig = new SteppedRig();
        var gate = new TaskCompletionSource();
        rig.Flows.OnItem = (_, _) => new(gate.Task);
        var client = new RawClient(rig);
        var stream = client.Send(Request("Join", ClientStream, [0, 0, 0, 0, 0, 0, 0, 0]), end: false);
        var before = rig.Test.World.Budget.Used;
        var item = new byte[] { 5, 0, 0, 0, 1, 0, 0, 0, 65 };
        for (var i = 0; i < 2000; i++)
        {
            client.Session.Send(stream, stream.Message(item), end: false);
        }

        rig.Test.Settle();
        Assert.InRange(rig.Test.World.Budget.Used - before, 18_000, 100_000);
        gate.SetResult();
        Send(rig, client, stream, new byte[4], end: true);
        Assert.Equal(4 + 4 + 2000, stream.Response!.Length);
        client.Close();
    }

    [Fact]
    public void A_peer_that_never_reads_makes_a_producer_wait_and_is_cut_off_by_the_session()
    {
        using var rig = new SteppedRig();
        var stalled = rig.FlowCalls.BytesAsync(int.MaxValue, 1000).GetAsyncEnumerator();
        Assert.True(rig.Get(stalled.MoveNextAsync()));
        rig.Client.Session.Connection.PauseReceive();
        var other = Items.CopyAsync(rig.FlowCalls.BytesAsync(100_000, 1000)).AsTask();
        rig.Test.Settle();
        var produced = rig.Flows.Items;
        rig.Advance(5000);
        Assert.Equal(produced, rig.Flows.Items);
        Assert.True(rig.Test.World.Budget.Used < 8 * 1024 * 1024);
        rig.Advance(20_000);
        Assert.True(rig.Client.Closed.IsCompleted);
        Assert.Equal(0, rig.Flows.Open);
        Assert.Equal(RpcErrorCode.Unavailable, rig.Error(other).Code);
        rig.Finish(stalled.DisposeAsync());
    }

    [Fact]
    [Trait("Wire", "W-70 R")]
    public void A_storm_of_calls_with_items_that_are_reset_ends_the_session_and_harms_nobody_else()
    {
        using var rig = new SteppedRig();
        var never = new TaskCompletionSource();
        rig.Flows.OnItem = (_, token) => new(never.Task.WaitAsync(token));
        var client = new RawClient(rig);
        for (var i = 0; i < 60 && !client.Session.Closed.IsCompleted; i++)
        {
            var streams = Enumerable.Range(0, 50).Select(_ => new RawStream(client.Session)).ToList();
            foreach (var stream in streams)
            {
                var request = stream.Message(Request("Sum", ClientStream));
                client.Session.Open(stream, request, Framing.UpperProtocol.Rpc, end: false);
                client.Session.Send(stream, stream.Message(Convert.FromHexString("0400000007000000")), end: false);
            }

            rig.Test.Settle();
            streams.ForEach(stream => client.Session.TryReset(stream, stream.Life, ResetCode.Cancelled, out _));
            rig.Advance(1);
        }

        Assert.True(client.Session.Closed.IsCompleted, "The peer went on.");
        Assert.Equal(7, rig.Get(rig.Calls.RunAsync(7)));
        rig.Test.Settle();
        Assert.Equal(0, rig.Flows.Open);
        client.Close();
    }

    private static byte[] Int(int value) => BitConverter.GetBytes(value);

    internal static byte[] Request(string method, uint flags, byte[]? parameters = null)
    {
        parameters ??= method == "Count" ? new byte[8] : [];
        var bytes = new byte[16 + parameters.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, MethodId.Of($"test.flows/{method}"));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), 60_000);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), flags);
        parameters.CopyTo(bytes, 16);
        return bytes;
    }

    internal static void Send(SteppedRig rig, RawClient client, RawStream stream, byte[] bytes, bool end = false)
    {
        var message = client.Session.RentMessage();
        System.Buffers.BuffersExtensions.Write(message, bytes);
        client.Session.Send(stream, message, end);
        rig.Test.Settle();
    }
}
