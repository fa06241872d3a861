using System.Globalization;
using System.Text;

namespace NetCore.Core.Internal;

/// <summary>
/// What a tracking pool knows beyond its counters: which blocks are out, and which rest in quarantine.
/// </summary>
internal sealed class PoolTracker
{
    private readonly Lock _lock = new();

    // Strong references: a block that nobody else holds any more is the very leak to be told.
    private readonly Dictionary<Block, long> _out = [];
    private readonly Queue<Block>[] _quarantine = [new(), new(), new()];
    private long _rents;

    /// <summary>Notes a rent. The block is verified before it has an owner.</summary>
    public void OnRent(Block block)
    {
        block.Tracker!.OnRent();
        lock (_lock)
        {
            _out.Add(block, ++_rents);
        }
    }

    /// <summary>Takes a returned block in.</summary>
    /// <returns>The block that has been in quarantine longest and may be rented again, or null.</returns>
    public Block? OnReturn(Block block)
    {
        block.Tracker!.OnReturn();
        lock (_lock)
        {
            _out.Remove(block);
            var quarantine = _quarantine[(int)block.Size];
            quarantine.Enqueue(block);
            return quarantine.Count > CoreLimits.QuarantineBlocks ? quarantine.Dequeue() : null;
        }
    }

    public void VerifyQuarantine()
    {
        lock (_lock)
        {
            foreach (var block in _quarantine.SelectMany(static queue => queue))
            {
                block.Tracker!.VerifyPoison();
            }
        }
    }

    /// <summary>One paragraph per block that is out, in the order of the rents.</summary>
    public string Describe()
    {
        (Block Block, long Rent)[] blocks;
        lock (_lock)
        {
            blocks = [.. _out.Select(static pair => (pair.Key, pair.Value)).OrderBy(static pair => pair.Value)];
        }

        var text = new StringBuilder();
        foreach (var (block, rent) in blocks.Take(CoreLimits.MaxDescribedBlocks))
        {
            text.Append(CultureInfo.InvariantCulture, $"{block.Size} block of '{block.Owner}', rent {rent}, ")
                .Append(CultureInfo.InvariantCulture, $"{block.References} references, ")
                .Append(CultureInfo.InvariantCulture, $"{block.Tracker!.OpenLeases} leases.")
                .AppendLine(block.Tracker.History());
        }

        if (blocks.Length > CoreLimits.MaxDescribedBlocks)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"And {blocks.Length - CoreLimits.MaxDescribedBlocks} more.");
        }

        return text.ToString();
    }
}
