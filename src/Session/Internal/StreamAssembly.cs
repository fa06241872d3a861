using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Session.Internal;

/// <summary>The pieces of a message that comes in fragments, until the last is there or the stream ends.</summary>
/// <remarks>
/// The receive path appends while any thread may end the stream, hence the lock; unfragmented messages never come here.
/// Fragments that are not full share blocks, so that a peer which sends single bytes does not make us keep a block for
/// each.
/// </remarks>
internal sealed class StreamAssembly(BlockPool pool)
{
    private readonly Lock _lock = new();
    private readonly List<Lease> _pieces = [];
    private Block? _tail;
    private int _tailStart;
    private int _tailUsed;
    private bool _closed;

    /// <summary>Appends bytes of the present receive callback.</summary>
    public void Append(in ReceivedData data, int offset, int length)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            if (length > SessionLimits.AssemblyCopyBytes)
            {
                SealTail();
                _pieces.Add(data.Retain(offset, length));
            }
            else
            {
                Copy(data.Span.Slice(offset, length));
            }
        }
    }

    /// <summary>Appends a copy of bytes that were decompressed.</summary>
    public void Append(LeasedBytes bytes)
    {
        lock (_lock)
        {
            if (!_closed)
            {
                Copy(bytes.Memory.Span);
            }
        }
    }

    /// <summary>Gives the message away; nothing when the stream ended meanwhile.</summary>
    public bool TryTake(out LeasedBytes message)
    {
        lock (_lock)
        {
            if (_closed)
            {
                message = default;
                return false;
            }

            SealTail();
            message = _pieces.Count == 1 ? new LeasedBytes(_pieces[0]) : new LeasedBytes([.. _pieces]);
            _pieces.Clear();
            return true;
        }
    }

    /// <summary>Drops everything, now and later.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            SealTail();
            foreach (var piece in _pieces)
            {
                piece.Dispose();
            }

            _pieces.Clear();
        }
    }

    private void Copy(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_tail is null || _tailUsed == _tail.Capacity)
            {
                SealTail();
                _tail = pool.Rent(BlockSize.Medium, "fragments");
                _tailStart = _tailUsed = 0;
            }

            var count = Math.Min(bytes.Length, _tail.Capacity - _tailUsed);
            bytes[..count].CopyTo(_tail.Span[_tailUsed..]);
            _tailUsed += count;
            bytes = bytes[count..];
        }
    }

    private void SealTail()
    {
        if (_tail is { } tail)
        {
            _tail = null;
            if (_tailUsed > _tailStart)
            {
                _pieces.Add(new Lease(tail, _tailStart, _tailUsed - _tailStart));
            }
            else
            {
                tail.Release();
            }
        }
    }
}
