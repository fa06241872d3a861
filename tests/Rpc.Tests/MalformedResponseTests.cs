using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Answers that no server of this library gives; each test ends at the baseline.</summary>
public class MalformedResponseTests
{
    private static readonly HandCodec<LeasedBytes> LeaseCodec = new(
        static (value, writer) => writer.WriteLeased(value), static (ref reader) => reader.ReadLeased());

    [Theory]
    [Trait("Wire", "W-82 R")]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0, 2, 0 })]
    [InlineData(new byte[] { 99, 2, 0, 0 })]
    [InlineData(new byte[] { 0, 9, 0, 0 })]
    [InlineData(new byte[] { 0, 2, 1, 0 })]
    [InlineData(new byte[] { 0, 2, 0, 0, 1, 2 })]
    [InlineData(new byte[] { 0, 2, 0, 0, 1, 2, 3, 4, 5 })]
    public void An_answer_that_does_not_fit_is_a_bad_message(byte[] answer)
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig) { Answers = [answer] };
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(server.Calls.RunAsync(1).AsTask()).Code);
    }

    [Fact]
    public void An_answer_without_a_body_is_a_bad_message_for_a_type_that_is_decoded_later()
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig) { Answers = [[0, 2, 0, 0]] };
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(server.Calls.PersonAsync(null).AsTask()).Code);
    }

    [Fact]
    public void Leases_of_an_answer_that_cannot_be_read_to_its_end_are_given_back()
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig) { Answers = [[0, 2, 0, 0, 3, 0, 0, 0, 1, 2, 3, 4]] };
        var call = server.Client.InvokeAsync(Methods.Make("Lease", Methods.Int, LeaseCodec), 1).AsTask();
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(call).Code);
    }

    [Fact]
    public void An_answer_that_does_not_end_its_stream_ends_the_call_and_reaches_no_other()
    {
        using var rig = new SteppedRig();
        byte[] answer = [0, 2, 0, 0, 7, 0, 0, 0];
        using var server = new RawServer(rig) { Answers = [answer, answer, answer], Ends = false };
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(RpcErrorCode.BadMessage, rig.Error(server.Calls.RunAsync(1).AsTask()).Code);
        }

        Assert.Equal(0, server.Client.Session.OpenStreams);
    }

    [Fact]
    [Trait("Wire", "W-82 R")]
    public void A_stream_that_ends_without_an_answer_is_an_error()
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig) { Answers = [[]] };
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(server.Calls.RunAsync(1).AsTask()).Code);
    }

    [Fact]
    public void A_codec_that_throws_is_a_bad_message_that_was_executed()
    {
        using var rig = new SteppedRig();
        foreach (var plain in new[] { true, false })
        {
            var codec = new HandCodec<int>(
                static (_, _) => { }, static (ref _) => throw new InvalidOperationException("mine"), plain);
            var call = rig.Client.InvokeAsync(Methods.Make("Run", Methods.Int, codec), 1).AsTask();
            rig.AssertFails(call, RpcErrorCode.BadMessage, RpcExecution.Executed);
        }
    }

    [Fact]
    public void An_answer_for_which_there_is_no_memory_ends_the_call_also_when_it_is_decoded_later()
    {
        using var rig = new SteppedRig();
        var codec = new HandCodec<int>(
            static (_, _) => { },
            static (ref _) => throw new ByteBudgetExceededException(new ByteBudget()),
            plain: false);
        var call = rig.Client.InvokeAsync(Methods.Make("Run", Methods.Int, codec), 1).AsTask();
        rig.AssertFails(call, RpcErrorCode.OutOfMemoryBudget, RpcExecution.Executed);
    }

    [Fact]
    public void A_contract_of_another_shape_is_a_bad_message_in_either_direction()
    {
        using var rig = new SteppedRig();
        var request = rig.Client.InvokeAsync(Methods.Make("Run", Methods.Long, Methods.Int), 1L).AsTask();
        rig.AssertFails(request, RpcErrorCode.BadMessage, RpcExecution.NotSent);
        Assert.Equal(0, rig.Service.Started);
        var response = rig.Client.InvokeAsync(Methods.Make("Run", Methods.Int, Methods.Long), 1).AsTask();
        rig.AssertFails(response, RpcErrorCode.BadMessage, RpcExecution.Executed);
        Assert.Equal(1, rig.Service.Started);
    }

    [Fact]
    public void A_reset_by_the_server_says_whether_the_call_may_have_run()
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig);
        var call = server.Calls.RunAsync(1).AsTask();
        rig.Test.Settle();
        Assert.False(call.IsCompleted);
        server.Session.Abort();
        rig.Test.Settle();
        rig.AssertFails(call, RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted);
        rig.AssertFails(server.Calls.RunAsync(1).AsTask(), RpcErrorCode.Unavailable, RpcExecution.NotSent);
        Assert.Equal(1, rig.Get(rig.Calls.RunAsync(1)));
        Assert.Equal(SessionError.ConnectionLost, rig.Get(server.Client.Closed).Error);
    }
}
