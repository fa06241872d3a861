using System.Collections.Concurrent;
using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>The faults of a <see cref="FaultyKernel"/>, chosen by a seed, and their numbers. Thread-safe.</summary>
/// <param name="seed">Chooses the faults.</param>
/// <param name="shortReceives">
/// Whether a receive may give less than is there. Not on TCP, where the kernel does that only when it has no more.
/// </param>
internal sealed class Faults(int seed, bool shortReceives)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<int, bool> _epolls = new();
    private readonly int[] _counts = new int[Enum.GetValues<Fault>().Length];

    public bool ShortReceives => shortReceives;

    /// <summary>Whom descriptors may be registered with.</summary>
    public IEnumerable<int> Epolls => _epolls.Keys;

    /// <summary>The system calls of a transport on such a kernel.</summary>
    public ISystemCalls Calls() => new RepeatingCalls<FaultyKernel>(new FaultyKernel(this));

    public int Count(Fault fault) => Volatile.Read(ref _counts[(int)fault]);

    public void Watch(int epoll) => _epolls.TryAdd(epoll, true);

    public int Next(int end)
    {
        lock (_lock)
        {
            return _random.Next(end);
        }
    }

    public bool Chance(int of, Fault fault)
    {
        var happens = Next(of) == 0;
        Note(fault, happens);
        return happens;
    }

    /// <summary>Counts one that came by itself.</summary>
    public void Note(Fault fault, bool happened)
    {
        if (happened)
        {
            Interlocked.Increment(ref _counts[(int)fault]);
        }
    }

    /// <summary>All of it, or once in three times a part of it.</summary>
    public int Part(int length) => length > 1 && Chance(3, Fault.Short) ? 1 + Next(length - 1) : length;
}
