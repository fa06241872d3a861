using System.Collections.Concurrent;

namespace NetCore.Transport.Internal;

/// <summary>The in-process names of one world.</summary>
internal sealed class InMemoryNames
{
    public const string Backend = "inmemory";

    private readonly ConcurrentDictionary<TransportAddress, InMemoryListener> _listeners = new();
    private long _number;

    public long NextNumber() => Interlocked.Increment(ref _number);

    public InMemoryListener? Find(TransportAddress address) => _listeners.GetValueOrDefault(address);

    public bool TryAdd(InMemoryListener listener) => _listeners.TryAdd(listener.Address, listener);

    public void Remove(InMemoryListener listener) =>
        _listeners.TryRemove(new KeyValuePair<TransportAddress, InMemoryListener>(listener.Address, listener));
}
