using System.Buffers.Binary;

namespace NetCore.Bench.Tests;

public class ItemCountTests
{
    private readonly ItemCount _count = new(32);

    [Fact]
    public void Items_are_counted_until_it_is_stopped()
    {
        Assert.True(_count.Take(Item(0)));
        Assert.True(_count.Take(Item(1)));
        _count.Stop();
        Assert.False(_count.Take(Item(2)));
        Assert.Equal(3, _count.Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_item_that_comes_twice_or_too_early_is_an_error(long number)
    {
        _count.Take(Item(0));
        Assert.Throws<BenchException>(() => _count.Take(Item(number)));
    }

    [Fact]
    public void An_item_of_another_length_is_an_error() =>
        Assert.Throws<BenchException>(() => _count.Take(Item(0).AsSpan(0, 31)));

    [Fact]
    public void A_stream_that_ends_before_it_is_stopped_is_an_error()
    {
        Assert.True(_count.TrySend(out _));
        _count.Take(Item(0));
        Assert.Throws<BenchException>(_count.CheckReturned);
        _count.Stop();
        Assert.False(_count.TrySend(out _));
        _count.CheckReturned();
    }

    [Fact]
    public void Items_that_do_not_come_back_are_an_error()
    {
        Assert.True(_count.TrySend(out var first));
        Assert.True(_count.TrySend(out var second));
        Assert.Equal((0, 1), (first, second));
        _count.Take(Item(0));
        _count.Stop();
        Assert.Throws<BenchException>(_count.CheckReturned);
    }

    private static byte[] Item(long number)
    {
        var item = new byte[32];
        BinaryPrimitives.WriteInt64LittleEndian(item, number);
        return item;
    }
}
