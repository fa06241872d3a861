namespace NetCore.PubSub.Internal;

/// <summary>Losses that are told before the next message. Bounded: further topics are counted together.</summary>
internal sealed class LossBook
{
    private readonly List<GapRange> _gaps = [];

    public bool IsEmpty => _gaps.Count == 0;

    public void Add(GapRange gap)
    {
        if (TryJoin(in gap))
        {
            return;
        }

        if (_gaps.Count >= PubSubLimits.MaxGapTopics && gap.Topic is not null)
        {
            gap = gap with { Topic = null, First = 0, Last = 0 };
            if (TryJoin(in gap))
            {
                return;
            }
        }

        _gaps.Add(gap);
    }

    public bool TryTake(out GapRange gap)
    {
        if (_gaps.Count == 0)
        {
            gap = default;
            return false;
        }

        gap = _gaps[0];
        _gaps.RemoveAt(0);
        return true;
    }

    public void Clear() => _gaps.Clear();

    private bool TryJoin(in GapRange gap)
    {
        for (var i = 0; i < _gaps.Count; i++)
        {
            if (_gaps[i].Joins(in gap))
            {
                _gaps[i] = _gaps[i].With(in gap);
                return true;
            }
        }

        return false;
    }
}
