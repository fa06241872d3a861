namespace NetCore.Transport.Internal;

/// <summary>
/// The handlers of a reactor, by the number that comes with their events: slot in the low half, generation in the high.
/// </summary>
/// <remarks>
/// A descriptor's number is given to somebody else as soon as it is closed, and events of the old one may stand behind
/// in the same batch; a generation is not. For the reactor's thread only.
/// </remarks>
/// <typeparam name="THandler">Gets the events.</typeparam>
/// <param name="generations">The bits of a generation; the bits above them are free in a number.</param>
internal sealed class ReactorSlots<THandler>(uint generations = uint.MaxValue)
    where THandler : class, IReactorHandler
{
    private readonly Stack<int> _free = new();
    private Entry[] _entries = new Entry[64];
    private int _used;

    public int Count => _used - _free.Count;

    public ulong Add(THandler handler)
    {
        if (!_free.TryPop(out var slot))
        {
            if (_used == _entries.Length)
            {
                Array.Resize(ref _entries, _used * 2);
            }

            slot = _used++;
        }

        ref var entry = ref _entries[slot];
        entry.Handler = handler;
        return ((ulong)entry.Generation << 32) | (uint)slot;
    }

    public THandler? Find(ulong id)
    {
        var slot = (uint)id;
        return slot < (uint)_used && _entries[slot].Generation == (uint)(id >> 32) ? _entries[slot].Handler : null;
    }

    public void ForEach(Action<IReactorHandler> action)
    {
        for (var i = 0; i < _used; i++)
        {
            if (_entries[i].Handler is { } handler)
            {
                action(handler);
            }
        }
    }

    public void Remove(ulong id)
    {
        if (Find(id) is null)
        {
            throw new InvalidOperationException("The slot of the reactor is another's by now.");
        }

        var slot = (int)(uint)id;
        _entries[slot].Handler = null;
        _entries[slot].Generation = (_entries[slot].Generation + 1) & generations;
        _free.Push(slot);
    }

    private struct Entry
    {
        public THandler? Handler;
        public uint Generation;
    }
}
