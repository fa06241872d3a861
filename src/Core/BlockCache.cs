using System.Diagnostics.CodeAnalysis;

namespace NetCore.Core;

/// <summary>
/// Where the connections of one executor rent blocks: its one thread keeps a few for itself, any other rents from the
/// pool behind it.
/// </summary>
/// <remarks>
/// Thread-safe. A block that it rents out comes back to it when that thread releases it. What it keeps stays charged to
/// the budget and does not count as outstanding; see <see cref="BlockPool.CacheOf"/>.
/// </remarks>
public sealed class BlockCache
{
    private readonly IExecutor _executor;
    private bool _keeps;
    private readonly LocalStack<Block>[] _free;
    private int _rented;

    internal BlockCache(BlockPool pool, IExecutor executor)
    {
        Pool = pool;
        _executor = executor;
        _keeps = executor.IsSingleThread && !pool.IsTracking;
        _free =
        [
            new LocalStack<Block>(executor, CoreLimits.CachedSmallBlocks),
            new LocalStack<Block>(executor, CoreLimits.CachedLargeBlocks),
            new LocalStack<Block>(executor, CoreLimits.CachedLargeBlocks),
        ];
    }

    /// <summary>The pool behind it.</summary>
    public BlockPool Pool { get; }

    // Rented less returned on the executor's thread. Others return what they got of it to the pool, which counts that.
    internal int Rented => Volatile.Read(ref _rented);

    /// <summary>See <see cref="BlockPool.TryRent"/>.</summary>
    public bool TryRent(BlockSize size, string owner, [NotNullWhen(true)] out Block? block)
    {
        if (_free[(int)size].TryPop(out block))
        {
            block.Activate(owner);
        }
        else if (!_keeps || !_executor.IsCurrentThread)
        {
            return Pool.TryRent(size, owner, out block);
        }
        else if (Pool.TryRentForCache(size, owner, out block))
        {
            block.Cache = this;
        }
        else
        {
            return false;
        }

        Volatile.Write(ref _rented, _rented + 1);
        return true;
    }

    /// <summary>See <see cref="BlockPool.Rent"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">The byte budget is used up.</exception>
    public Block Rent(BlockSize size, string owner) =>
        TryRent(size, owner, out var block) ? block : throw new ByteBudgetExceededException(Pool.Budget);

    // False when it is for the pool to take the block.
    internal bool TryReturn(Block block)
    {
        if (!_keeps || !_free[(int)block.Size].TryPush(block))
        {
            return false;
        }

        Volatile.Write(ref _rented, _rented - 1);
        return true;
    }

    // On the executor's thread, at its end: everything that is kept goes back to the pool.
    internal void Drop()
    {
        // The thread may go on after its executor, and what it returns then would stay here.
        _keeps = false;
        foreach (var free in _free)
        {
            while (free.TryPop(out var block))
            {
                block.Cache = null;
                Pool.TakeFromCache(block);
            }
        }

        // What others still hold of it is counted by the pool from now on: it may outlive the executor.
        Pool.TakeCount(_rented);
        Volatile.Write(ref _rented, 0);
    }
}
