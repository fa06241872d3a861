using NetCore.Core;

namespace NetCore.Rpc.Generators.Tests;

public class HostileBytesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("00000000 ffffff7f")]
    [InlineData("00000000 02000000 0102")]
    [InlineData("00000000 02000000 0102 ffffffff")]
    [InlineData("00000000 02000000 0102 01000000 61 00")]
    [InlineData("00000000 02000000 0102 01000000 ff")]
    public void Wrong_bytes_after_a_lease_do_not_keep_it(string hex)
    {
        var pool = new BlockPool(new ByteBudget(CoreLimits.DefaultByteBudget), track: true);
        var message = LeasedBytes.Copy(pool, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Throws<RpcFormatException>(() =>
        {
            var reader = new RpcReader(message, 0);
            SampleMethods.Leased.RequestCodec.Decode(ref reader);
        });
        message.Dispose();
        pool.AssertAllReturned();
    }

    [Fact]
    public void Bytes_left_over_are_an_error()
    {
        var pool = new BlockPool(new ByteBudget(CoreLimits.DefaultByteBudget), track: true);
        using var message = LeasedBytes.Copy(pool, [1, 0]);
        Assert.Throws<RpcFormatException>(() =>
        {
            var reader = new RpcReader(message, 0);
            SampleMethods.Not.RequestCodec.Decode(ref reader);
        });
    }
}
