using FsCheck.Xunit;
using NetCore.Core;

namespace NetCore.Transport.Tests;

public sealed class SendBufferTests
{
    [Property(MaxTest = 100)]
    public void What_was_put_in_comes_out_in_order_whatever_the_pieces_and_partial_sends(int seed)
    {
        var random = new Random(seed);
        var pool = new BlockPool(new ByteBudget(), track: true);
        var buffer = new SendBuffer(pool);
        for (var round = 0; round < 4; round++)
        {
            var expected = new List<byte>();
            Fill(buffer, pool, random, expected);
            buffer.Seal();
            Assert.Equal(expected.Count, buffer.Length);
            Assert.InRange(buffer.SegmentCount, expected.Count == 0 ? 0 : 1, TransportLimits.MaxSendSegments);
            Assert.InRange(buffer.Length, 0, TransportLimits.MaxSendBatchBytes);
            if (round == 3)
            {
                break;
            }

            Assert.Equal(expected, Drain(buffer, random));
        }

        buffer.Drop();
        Assert.Equal(0, pool.Outstanding);
    }

    [Property(MaxTest = 300)]
    public void Copies_up_to_Remaining_always_fit(int seed)
    {
        var random = new Random(seed);
        var pool = new BlockPool(new ByteBudget(), track: true);
        var buffer = new SendBuffer(pool);
        for (var i = 0; i < 60; i++)
        {
            var before = buffer.Remaining;
            if (random.Next(4) == 0 && !buffer.SegmentsFull && before > 4)
            {
                Assert.True(buffer.RemainingAfterLink(2) <= before);
                var after = buffer.RemainingAfterLink(2);
                buffer.Link(new Lease(pool.Rent(BlockSize.Small, "test"), 0, 2));
                Assert.True(buffer.Remaining >= after);
            }
            else if (before > 0)
            {
                var size = random.Next(1, Math.Min(before, TransportLimits.MaxSendSpanBytes) + 1);
                Assert.True(buffer.GetSpan(size).Length >= size);
                var used = random.Next(3) == 0 ? size : random.Next(1, Math.Min(size, 200) + 1);
                buffer.Advance(used);
                Assert.True(buffer.Remaining >= before - used);
            }
        }

        buffer.Write(new byte[buffer.Remaining]);
        buffer.Drop();
        Assert.Equal(0, pool.Outstanding);
    }

    [Property(MaxTest = 300)]
    public void After_a_header_and_a_link_as_much_remains_as_was_said(int seed)
    {
        var random = new Random(seed);
        var pool = new BlockPool(new ByteBudget(), track: true);
        var buffer = new SendBuffer(pool);
        for (var i = 0; i < 20; i++)
        {
            var header = random.Next(257);
            var link = random.Next(1, 9000);
            var after = buffer.RemainingAfterLink(header + link);
            if (!buffer.SegmentsFull && after >= 0)
            {
                buffer.Write(new byte[header]);
                buffer.Link(new Lease(pool.Rent(BlockSize.Large, "test"), 0, link));
                Assert.True(buffer.Remaining >= after);
            }

            if (random.Next(2) == 0)
            {
                buffer.Write(new byte[Math.Min(random.Next(9000), buffer.Remaining)]);
            }
        }

        buffer.Drop();
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void Three_frames_of_16_KiB_fit_as_links_with_their_headers_and_trailers()
    {
        var pool = new BlockPool(new ByteBudget());
        var buffer = new SendBuffer(pool);
        for (var i = 0; i < 3; i++)
        {
            Assert.False(buffer.SegmentsFull);
            Assert.True(buffer.Remaining >= 16 + 16_384 + 4);
            buffer.GetSpan(16);
            buffer.Advance(16);
            buffer.Link(new Lease(pool.Rent(BlockSize.Medium, "test"), 0, 16_384));
            buffer.Write(new byte[4]);
        }

        buffer.Drop();
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void A_buffer_that_is_sent_and_trimmed_holds_no_block()
    {
        var pool = new BlockPool(new ByteBudget());
        var buffer = new SendBuffer(pool);
        buffer.Write(new byte[100]);
        buffer.Seal();
        Assert.Equal(1, pool.Outstanding);
        buffer.Sent(100);
        buffer.Trim();
        Assert.Equal(0, pool.Outstanding);
    }

    [Fact]
    public void A_link_that_does_not_fit_throws_and_gives_its_lease_back()
    {
        var pool = new BlockPool(new ByteBudget());
        var buffer = new SendBuffer(pool);
        for (var i = 0; i < 5; i++)
        {
            buffer.Link(new Lease(pool.Rent(BlockSize.Large, "test"), 0, i == 4 ? 1 : 16_000));
            if (i == 3)
            {
                break;
            }
        }

        Assert.Throws<InvalidOperationException>(
            () => buffer.Link(new Lease(pool.Rent(BlockSize.Large, "test"), 0, 16_000)));
        buffer.Drop();
        Assert.Equal(0, pool.Outstanding);
    }

    private static void Fill(SendBuffer buffer, BlockPool pool, Random random, List<byte> expected)
    {
        while (random.Next(12) != 0 && buffer.Remaining > 0)
        {
            var length = random.Next(1, Math.Min(buffer.Remaining, 9000) + 1);
            var bytes = new byte[length];
            random.NextBytes(bytes);
            if (random.Next(3) == 0 && !buffer.SegmentsFull)
            {
                var block = pool.Rent(BlockSize.Large, "test");
                bytes.CopyTo(block.Span[7..]);
                buffer.Link(new Lease(block, 7, length));
            }
            else
            {
                buffer.Write(bytes);
            }

            expected.AddRange(bytes);
        }
    }

    private static List<byte> Drain(SendBuffer buffer, Random random)
    {
        var result = new List<byte>();
        while (buffer.Length > 0)
        {
            var all = new List<byte>();
            for (var i = 0; i < buffer.SegmentCount; i++)
            {
                all.AddRange(buffer.GetSegment(i));
            }

            Assert.Equal(buffer.Length, all.Count);
            var sent = random.Next(1, all.Count + 1);
            result.AddRange(all.Take(sent));
            buffer.Sent(sent);
        }

        return result;
    }
}
