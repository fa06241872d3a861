using FsCheck;
using FsCheck.Xunit;
using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

public sealed class LeaseLaws
{
    // Many leases over few blocks, each block counting up from a number of its own: a shared owner or a wrong place
    // would show as a wrong byte, a lost reference as a leak, and a reference too many as an exception.
    [Property(MaxTest = 40)]
    public void Every_lease_reads_its_own_bytes_until_disposed_and_all_come_back(DoNotSize<ulong> seed, bool track)
    {
        var random = new SeededRandomSource(seed.Item);
        var budget = new ByteBudget(20 * CoreLimits.SmallBlockBytes);
        var pool = new BlockPool(budget, track);
        var leases = new List<(Lease Lease, int First)>();
        for (var step = 0; step < 120; step++)
        {
            var choice = random.Next(3);
            if (choice == 0 && pool.TryRent(BlockSize.Small, "law", out var block))
            {
                CountUp(block.Span, step);
                leases.Add((new Lease(block, 0, block.Capacity), step));
            }
            else if (choice == 1 && leases.Count > 0)
            {
                var (lease, first) = leases[random.Next(leases.Count)];
                var offset = random.Next(lease.Length + 1);
                leases.Add((lease.Share(offset, random.Next(lease.Length - offset + 1)), first + offset));
            }
            else if (leases.Count > 0)
            {
                var index = random.Next(leases.Count);
                leases[index].Lease.Dispose();
                leases.RemoveAt(index);
            }

            if (step % 10 == 0)
            {
                Assert.All(leases, static entry =>
                    Assert.Equal(CountUp(entry.Lease.Length, entry.First), entry.Lease.Span.ToArray()));
            }

            Assert.Equal(pool.Outstanding * CoreLimits.SmallBlockBytes, budget.Used);
        }

        leases.ForEach(static entry => entry.Lease.Dispose());
        pool.AssertAllReturned();
        Assert.Equal(0, budget.Used);
    }

    [Property(MaxTest = 60)]
    public void A_part_of_leased_bytes_is_the_part_of_the_bytes(DoNotSize<ulong> seed)
    {
        var random = new SeededRandomSource(seed.Item);
        var pool = new BlockPool(new ByteBudget(), track: true);
        var bytes = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(2000), _ => random.Next(120_000) }];
        foreach (ref var value in bytes.AsSpan())
        {
            value = (byte)random.NextUInt64();
        }

        using (var whole = LeasedBytes.Copy(pool, bytes))
        {
            var offset = random.Next(bytes.Length + 1);
            var length = random.Next(bytes.Length - offset + 1);
            using var part = whole.Share(offset, length);
            Assert.Equal(bytes, whole.ToArray());
            Assert.Equal(bytes.AsSpan(offset, length).ToArray(), part.ToArray());
            Assert.Equal(part.ToArray(), System.Buffers.BuffersExtensions.ToArray(part.Sequence));
        }

        pool.AssertAllReturned();
    }

    [Property(MaxTest = 40)]
    public void The_contiguous_parts_of_leased_bytes_are_the_bytes_and_none_is_empty(ushort length)
    {
        var pool = new BlockPool(new ByteBudget(), track: true);
        var bytes = CountUp(2 * length, length);
        using (var whole = LeasedBytes.Copy(pool, bytes))
        {
            for (var offset = 0; offset < bytes.Length;)
            {
                var count = whole.ContiguousFrom(offset);
                Assert.InRange(count, 1, bytes.Length - offset);
                using var part = whole.ShareContiguous(offset, count);
                Assert.Equal(bytes.AsSpan(offset, count).ToArray(), part.Span.ToArray());
                offset += count;
            }
        }

        pool.AssertAllReturned();
    }

    [Fact]
    public async Task Threads_that_share_one_block_return_it_once()
    {
        var pool = new BlockPool(new ByteBudget(), track: true);
        for (var round = 0; round < 50; round++)
        {
            var lease = new Lease(pool.Rent(BlockSize.Small, "threads"), 0, 100);
            var shares = Enumerable.Range(0, 4).Select(_ => lease.Share(0, 50)).ToList();
            lease.Dispose();
            await Task.WhenAll(shares.Select(share => Task.Run(() =>
            {
                for (var i = 0; i < 20; i++)
                {
                    share.Share(1, 2).Dispose();
                }

                share.Dispose();
            })));
        }

        pool.AssertAllReturned();
    }

    private static byte[] CountUp(int length, int first)
    {
        var bytes = new byte[length];
        CountUp(bytes, first);
        return bytes;
    }

    private static void CountUp(Span<byte> bytes, int first)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(first + i);
        }
    }
}
