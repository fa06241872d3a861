using System.Diagnostics.CodeAnalysis;

namespace NetCore.Core;

/// <summary>Rents pinned blocks of three sizes and takes them back; its rented bytes are charged to a budget.</summary>
/// <remarks>Thread-safe. Memory is not cleared between owners; a tracking pool poisons it instead.</remarks>
public sealed class BlockPool
{
    private readonly Lock[] _locks = [new(), new(), new()];
    private readonly Stack<Block>[] _free = [new(), new(), new()];
    private readonly ByteBudget _budget;
    private long _outstanding;

    /// <summary>Creates an empty pool that charges <paramref name="budget"/>.</summary>
    /// <param name="budget">Charged for each rented byte.</param>
    /// <param name="track">Whether misuse is tracked; see <see cref="WorldOptions.TrackBlocks"/>.</param>
    public BlockPool(ByteBudget budget, bool track = false)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _budget = budget;
        IsTracking = track;
    }

    /// <summary>Whether misuse is tracked.</summary>
    public bool IsTracking { get; }

    /// <summary>Blocks that are rented and not returned.</summary>
    public long Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Rents a block; the caller holds its one reference.</summary>
    /// <param name="size">Size class.</param>
    /// <param name="owner">Who rents, a constant string that diagnostics print.</param>
    /// <param name="block">The block, or null when the byte budget is used up.</param>
    /// <returns>False when the byte budget is used up.</returns>
    public bool TryRent(BlockSize size, string owner, [NotNullWhen(true)] out Block? block)
    {
        if (!_budget.TryReserve(BytesOf(size)))
        {
            block = null;
            return false;
        }

        lock (_locks[(int)size])
        {
            _free[(int)size].TryPop(out block);
        }

        block ??= new Block(this, size);
        block.Activate(owner);
        Interlocked.Increment(ref _outstanding);
        return true;
    }

    /// <summary>Rents a block like <see cref="TryRent"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">The byte budget is used up.</exception>
    public Block Rent(BlockSize size, string owner) =>
        TryRent(size, owner, out var block) ? block : throw new ByteBudgetExceededException(_budget);

    internal void Return(Block block)
    {
        _budget.Release(block.Capacity);
        Interlocked.Decrement(ref _outstanding);
        lock (_locks[(int)block.Size])
        {
            var free = _free[(int)block.Size];
            if (free.Count < CoreLimits.MaxRetainedBlocks)
            {
                free.Push(block);
            }
        }
    }

    internal static int BytesOf(BlockSize size) => size switch
    {
        BlockSize.Small => CoreLimits.SmallBlockBytes,
        BlockSize.Medium => CoreLimits.MediumBlockBytes,
        _ => CoreLimits.LargeBlockBytes,
    };
}
