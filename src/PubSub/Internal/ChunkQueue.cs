namespace NetCore.PubSub.Internal;

/// <summary>Records and gaps that wait for an enumeration, in order. Not thread-safe.</summary>
/// <remarks>
/// The window of the subscription bounds the records, and gaps take none of it: of more than
/// <see cref="PubSubLimits.MaxGapTopics"/> in a row, which is what a broker keeps side by side, the later ones are told
/// as one.
/// </remarks>
internal sealed class ChunkQueue
{
    private readonly Queue<MessageChunk> _chunks = new();
    private Gap? _late;
    private int _gapsInRow;

    public bool IsEmpty => _chunks.Count == 0 && _late is null;

    public void Add(in MessageChunk records)
    {
        KeepLate();
        _chunks.Enqueue(records);
    }

    public void Add(Gap gap)
    {
        if (_gapsInRow < PubSubLimits.MaxGapTopics)
        {
            _gapsInRow++;
            _chunks.Enqueue(new MessageChunk { Gap = gap });
        }
        else
        {
            _late = _late is { } late ? late.With(gap) : gap;
        }
    }

    public bool TryTake(out MessageChunk chunk)
    {
        if (_chunks.Count == 0)
        {
            KeepLate();
        }

        return _chunks.TryDequeue(out chunk);
    }

    public void Clear()
    {
        while (_chunks.TryDequeue(out var chunk))
        {
            chunk.Bytes.Dispose();
        }

        _late = null;
        _gapsInRow = 0;
    }

    private void KeepLate()
    {
        _gapsInRow = 0;
        if (_late is { } late)
        {
            _late = null;
            _chunks.Enqueue(new MessageChunk { Gap = late });
        }
    }
}
