using System.Diagnostics.CodeAnalysis;

namespace NetCore.PubSub.Internal;

/// <summary>Batches that were sent and wait for their acknowledgement, by number. Not thread-safe.</summary>
internal sealed class ExpectedBatches
{
    private readonly Dictionary<uint, PublishOperation> _firsts = [];
    private readonly List<uint> _found = [];

    /// <summary>The first operation of each.</summary>
    public Dictionary<uint, PublishOperation>.ValueCollection Firsts => _firsts.Values;

    public void Add(uint number, PublishOperation first) => _firsts[number] = first;

    public bool TryTake(uint number, [NotNullWhen(true)] out PublishOperation? first) =>
        _firsts.Remove(number, out first);

    /// <summary>Takes those with these numbers, which go round, in their order.</summary>
    /// <remarks>A broker may name any numbers: it costs as many steps as batches wait, whatever it says.</remarks>
    public void Take(uint first, uint last, List<PublishOperation> taken)
    {
        var count = last - first + 1;
        if (count <= (uint)_firsts.Count)
        {
            for (; count > 0; count--)
            {
                Take(first++, taken);
            }

            return;
        }

        foreach (var number in _firsts.Keys)
        {
            if (number - first < count)
            {
                _found.Add(number - first);
            }
        }

        _found.Sort();
        foreach (var offset in _found)
        {
            Take(first + offset, taken);
        }

        _found.Clear();
    }

    public void Clear() => _firsts.Clear();

    private void Take(uint number, List<PublishOperation> taken)
    {
        if (TryTake(number, out var first))
        {
            taken.Add(first);
        }
    }
}
