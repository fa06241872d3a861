using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>One direction of an in-memory connection: a bounded ring of bytes. Thread-safe.</summary>
/// <remarks>
/// Its memory stands for the kernel's and is therefore not of the world's budget; it grows as needed.
/// </remarks>
internal sealed class InMemoryPipe(World world, InMemoryOptions options)
{
    private const int FirstRingBytes = 4096;

    private readonly Lock _lock = new();

    // Guarded by the lock.
    private byte[] _ring = [];
    private int _first;
    private int _count;
    private bool _ended;
    private bool _reset;
    private IThreadPoolWorkItem? _waitingReader;
    private IThreadPoolWorkItem? _waitingWriter;

    /// <summary>Takes as much as there is room for; -1 after a reset.</summary>
    /// <param name="bytes">What to write.</param>
    /// <param name="whenRoom">Posted once there is room again, or a reset, if <paramref name="waits"/>.</param>
    /// <param name="waits">There is no room at all. The caller leaves its bytes to the posted item at once.</param>
    public int Write(ReadOnlySpan<byte> bytes, IThreadPoolWorkItem whenRoom, out bool waits)
    {
        waits = false;
        IThreadPoolWorkItem? wake;
        int taken;
        lock (_lock)
        {
            if (_reset)
            {
                return -1;
            }

            taken = Math.Min(bytes.Length, options.PipeBytes - _count);
            Grow(_count + taken);
            var end = (_first + _count) % Math.Max(1, _ring.Length);
            var part = Math.Min(taken, _ring.Length - end);
            bytes[..part].CopyTo(_ring.AsSpan(end));
            bytes[part..taken].CopyTo(_ring);
            _count += taken;
            wake = taken > 0 ? Take(ref _waitingReader) : null;
            waits = taken == 0;
            _waitingWriter = waits ? whenRoom : null;
        }

        Post(wake);
        return taken;
    }

    /// <summary>Reads what is there. Done with zero is the end, pending means empty, failed a reset.</summary>
    public IoResult Read(Span<byte> into)
    {
        IThreadPoolWorkItem? wake;
        int taken;
        lock (_lock)
        {
            if (_reset)
            {
                return IoResult.Failed(TransportError.Reset);
            }

            if (_count == 0)
            {
                return _ended ? IoResult.Done(0) : IoResult.Pending;
            }

            taken = Math.Min(Math.Min(into.Length, _count), Share());
            var part = Math.Min(taken, _ring.Length - _first);
            _ring.AsSpan(_first, part).CopyTo(into);
            _ring.AsSpan(0, taken - part).CopyTo(into[part..]);
            _first = (_first + taken) % _ring.Length;
            _count -= taken;
            wake = Take(ref _waitingWriter);
        }

        Post(wake);
        return IoResult.Done(taken);
    }

    /// <summary>
    /// True when a read is worth trying; otherwise <paramref name="whenReadable"/> is posted once it is.
    /// </summary>
    public bool WaitReadable(IThreadPoolWorkItem whenReadable)
    {
        lock (_lock)
        {
            if (_count > 0 || _ended || _reset)
            {
                return true;
            }

            _waitingReader = whenReadable;
            return false;
        }
    }

    /// <summary>Nothing more will be written.</summary>
    public void End()
    {
        IThreadPoolWorkItem? wake;
        lock (_lock)
        {
            _ended = true;
            wake = Take(ref _waitingReader);
        }

        Post(wake);
    }

    /// <summary>Drops what is in it; both ends fail from now on.</summary>
    public void Reset()
    {
        IThreadPoolWorkItem? reader;
        IThreadPoolWorkItem? writer;
        lock (_lock)
        {
            _reset = true;
            _ring = [];
            _count = 0;
            reader = Take(ref _waitingReader);
            writer = Take(ref _waitingWriter);
        }

        Post(reader);
        Post(writer);
    }

    private static IThreadPoolWorkItem? Take(ref IThreadPoolWorkItem? item)
    {
        var taken = item;
        item = null;
        return taken;
    }

    private void Post(IThreadPoolWorkItem? item)
    {
        if (item is not null)
        {
            world.Executor.Post(item);
        }
    }

    private int Share() => options.MaxDeliveryBytes == CoreLimits.LargeBlockBytes
        ? int.MaxValue : 1 + (int)(world.Random.NextUInt64() % (ulong)options.MaxDeliveryBytes);

    private void Grow(int needed)
    {
        if (needed <= _ring.Length)
        {
            return;
        }

        var size = Math.Max(FirstRingBytes, _ring.Length);
        while (size < needed)
        {
            size *= 2;
        }

        var ring = new byte[Math.Min(size, Math.Max(needed, options.PipeBytes))];
        var part = Math.Min(_count, _ring.Length - _first);
        _ring.AsSpan(_first, part).CopyTo(ring);
        _ring.AsSpan(0, _count - part).CopyTo(ring.AsSpan(part));
        _ring = ring;
        _first = 0;
    }
}
