namespace NetCore.Rpc.Tests;

/// <summary>Items and answers of calls with items that no server of this library sends.</summary>
public class HostileAnswerTests
{
    private const string Seven = "0400000007000000";

    [Theory]
    [Trait("Wire", "W-82 R")]
    [InlineData("")]
    [InlineData("000200")]
    [InlineData("0C000000")]
    [InlineData("00030000")]
    [InlineData("00020100")]
    [InlineData("00020001")]
    [InlineData("0002000001")]
    public void An_answer_that_does_not_fit_ends_the_call_after_its_items(string answer) =>
        AssertBadMessageAfterSeven(answer, ends: true);

    [Theory]
    [Trait("Wire", "W-87 R")]
    [InlineData("010000")]
    [InlineData("0500000001020304")]
    [InlineData("FFFFFFFF01020304")]
    [InlineData(Seven + "00000080")]
    [InlineData("03000000070000")]
    public void Items_that_do_not_fill_their_message_end_the_call_after_those_before(string items) =>
        AssertBadMessageAfterSeven(items, ends: false);

    [Fact]
    [Trait("Wire", "W-87 R")]
    public void Items_for_a_caller_that_gets_none_end_the_call()
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig) { Answers = [Convert.FromHexString(Seven)], Ends = false };
        var call = new FlowsClient(server.Client).SumAsync(Items.Numbers(0)).AsTask();
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(call).Code);
        Assert.Equal(0, server.Client.Session.OpenStreams);
    }

    private static void AssertBadMessageAfterSeven(string hex, bool ends)
    {
        using var rig = new SteppedRig();
        using var server = new RawServer(rig)
        {
            Answers = [Convert.FromHexString(Seven), Convert.FromHexString(hex)], Ends = ends,
        };
        var numbers = new List<int>();
        var call = Items.ListAsync(new FlowsClient(server.Client).CountAsync(0, 9), numbers).AsTask();
        Assert.Equal(RpcErrorCode.BadMessage, rig.Error(call).Code);
        Assert.Equal([7], numbers);
        Assert.Equal(0, server.Client.Session.OpenStreams);
    }
}
