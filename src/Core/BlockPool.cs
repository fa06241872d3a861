using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>Rents pinned blocks of three sizes and takes them back; its rented bytes are charged to a budget.</summary>
/// <remarks>
/// Thread-safe. Memory is not cleared between owners. A tracking pool fills it with 0xDD at its return, keeps it back
/// for a while, looks whether somebody wrote to it before it rents it again, and knows who rented what and where. It
/// costs a stack walk per rent and per return: for tests and debugging.
/// </remarks>
public sealed class BlockPool
{
    private readonly Lock[] _locks = [new(), new(), new()];
    private readonly Stack<Block>[] _free = [new(), new(), new()];

    // One free block of each size in front of the lock: a call that waits for its answer returns and rents the same
    // one over and over. Not in a tracking pool, whose blocks rest before they are used again.
    private readonly Block?[] _next = new Block?[3];
    private readonly ByteBudget _budget;
    private readonly PoolTracker? _tracker;
    private readonly ConditionalWeakTable<IExecutor, BlockCache> _caches = [];
    private long _outstanding;

    /// <summary>Creates an empty pool that charges <paramref name="budget"/>.</summary>
    /// <param name="budget">Charged for each rented byte.</param>
    /// <param name="track">Whether misuse is tracked; see <see cref="WorldOptions.TrackBlocks"/>.</param>
    public BlockPool(ByteBudget budget, bool track = false)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _budget = budget;
        _tracker = track ? new PoolTracker() : null;
    }

    /// <summary>Whether misuse is tracked.</summary>
    public bool IsTracking => _tracker is not null;

    /// <summary>Blocks that are rented and not returned; exact while nobody rents or returns.</summary>
    public long Outstanding
    {
        get
        {
            var count = Volatile.Read(ref _outstanding);
            foreach (var (_, cache) in _caches)
            {
                count += cache.Rented;
            }

            return count;
        }
    }

    internal ByteBudget Budget => _budget;

    /// <summary>Rents a block; the caller holds its one reference.</summary>
    /// <param name="size">Size class.</param>
    /// <param name="owner">Who rents, a constant string that diagnostics print.</param>
    /// <param name="block">The block, or null when the byte budget is used up.</param>
    /// <returns>False when the byte budget is used up.</returns>
    /// <exception cref="BlockMisuseException">
    /// A tracking pool found that somebody wrote to the block after its return; the block is not used again.
    /// </exception>
    public bool TryRent(BlockSize size, string owner, [NotNullWhen(true)] out Block? block)
    {
        if (!TryRentForCache(size, owner, out block))
        {
            return false;
        }

        Interlocked.Increment(ref _outstanding);
        return true;
    }

    /// <summary>The blocks that the one thread of <paramref name="executor"/> keeps for itself.</summary>
    /// <remarks>
    /// At most <see cref="CoreLimits.CachedSmallBlocks"/> small ones and <see cref="CoreLimits.CachedLargeBlocks"/> of
    /// each other size. An executor without a thread of its own has none, nor has one of a tracking pool: they rent
    /// here.
    /// </remarks>
    public BlockCache CacheOf(IExecutor executor) =>
        _caches.GetValue(executor, key => new BlockCache(this, key));

    /// <summary>Takes back what the executor's thread keeps; on that thread, before it ends.</summary>
    public void DropCache(IExecutor executor)
    {
        if (_caches.TryGetValue(executor, out var cache))
        {
            cache.Drop();
        }
    }

    // Charged to the budget and not counted.
    internal bool TryRentForCache(BlockSize size, string owner, [NotNullWhen(true)] out Block? block)
    {
        if (!_budget.TryReserve(BytesOf(size)))
        {
            block = null;
            return false;
        }

        block = _next[(int)size];
        if (block is null || Interlocked.CompareExchange(ref _next[(int)size], null, block) != block)
        {
            lock (_locks[(int)size])
            {
                _free[(int)size].TryPop(out block);
            }
        }

        if (block is null)
        {
            block = new Block(this, size);
        }
        else if (_tracker is not null)
        {
            VerifyPoison(block);
        }

        block.Activate(owner);
        _tracker?.OnRent(block);
        return true;
    }

    /// <summary>Rents a block like <see cref="TryRent"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">The byte budget is used up.</exception>
    public Block Rent(BlockSize size, string owner) =>
        TryRent(size, owner, out var block) ? block : throw new ByteBudgetExceededException(_budget);

    /// <summary>Tells which blocks are out: owner, references, leases and where they were rented.</summary>
    /// <returns>Empty when none is; a count alone when the pool does not track.</returns>
    public string DescribeOutstanding() => Outstanding switch
    {
        0 => "",
        var count => $"{count} blocks are not returned. "
            + (_tracker?.Describe() ?? "A tracking pool (WorldOptions.TrackBlocks) tells which."),
    };

    /// <summary>Fails unless every block is back and, in a tracking pool, none was written to since.</summary>
    /// <exception cref="BlockMisuseException">A leak, with its description, or a use after return.</exception>
    public void AssertAllReturned()
    {
        if (Outstanding != 0)
        {
            throw Misuse.Leak(DescribeOutstanding());
        }

        if (_tracker is null)
        {
            return;
        }

        _tracker.VerifyQuarantine();
        for (var size = 0; size < _free.Length; size++)
        {
            lock (_locks[size])
            {
                foreach (var block in _free[size])
                {
                    block.Tracker!.VerifyPoison();
                }
            }
        }
    }

    internal void Return(Block block)
    {
        if (block.Cache is { } cache)
        {
            if (cache.TryReturn(block))
            {
                return;
            }

            block.Cache = null;
        }

        var free = _tracker is null ? block : _tracker.OnReturn(block);
        _budget.Release(block.Capacity);
        Interlocked.Decrement(ref _outstanding);
        if (free is not null)
        {
            Keep(free);
        }
    }

    internal void TakeCount(int rented) => Interlocked.Add(ref _outstanding, rented);

    internal void TakeFromCache(Block block)
    {
        _budget.Release(block.Capacity);
        Keep(block);
    }

    internal static int BytesOf(BlockSize size) => size switch
    {
        BlockSize.Small => CoreLimits.SmallBlockBytes,
        BlockSize.Medium => CoreLimits.MediumBlockBytes,
        _ => CoreLimits.LargeBlockBytes,
    };

    private void Keep(Block block)
    {
        ref var next = ref _next[(int)block.Size];
        if (next is null && _tracker is null && Interlocked.CompareExchange(ref next, block, null) is null)
        {
            return;
        }

        lock (_locks[(int)block.Size])
        {
            var free = _free[(int)block.Size];
            if (free.Count < CoreLimits.MaxRetainedBlocks - 1)
            {
                free.Push(block);
            }
        }
    }

    private void VerifyPoison(Block block)
    {
        try
        {
            block.Tracker!.VerifyPoison();
        }
        catch (BlockMisuseException)
        {
            _budget.Release(block.Capacity);
            throw;
        }
    }
}
