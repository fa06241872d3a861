using NetCore.Core;

namespace NetCore.Testing.Shared;

/// <summary>
/// Makes a world's pool have as many blocks as may ever be under way, for tests that count allocations.
/// </summary>
/// <remarks>
/// Else a thread that is stopped where it holds a block, or a consumer that runs late, makes another one new: more at
/// once than ever before, which may happen at any time and says nothing about the cost of a message.
/// </remarks>
public static class FilledPool
{
    /// <summary>Rents blocks of each size at once and returns them.</summary>
    /// <param name="world">Whose pool.</param>
    public static void Fill(World world)
    {
        ArgumentNullException.ThrowIfNull(world);

        // A queue of 4 MiB behind a window of 4 MiB behind one of 1 MiB are 576 medium ones. Of small ones what a pool
        // keeps; large ones are received into and sent from, one for each connection and thread.
        Fill(world.Blocks, BlockSize.Small, CoreLimits.MaxRetainedBlocks);
        Fill(world.Blocks, BlockSize.Medium, 600);
        Fill(world.Blocks, BlockSize.Large, 64);
    }

    private static void Fill(BlockPool pool, BlockSize size, int count)
    {
        var blocks = Enumerable.Range(0, count).Select(_ => pool.Rent(size, "warming up")).ToList();
        blocks.ForEach(static block => block.Release());
    }
}
