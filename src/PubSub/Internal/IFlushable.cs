namespace NetCore.PubSub.Internal;

/// <summary>Something that has work to do once all locks are left.</summary>
internal interface IFlushable
{
    /// <summary>Marks it; false when it is marked already, and somebody is going to flush it.</summary>
    bool TryMark();

    /// <summary>Takes the mark away and does the work; what that makes necessary is added.</summary>
    void Flush(FlushList then);
}
