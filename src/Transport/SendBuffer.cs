using NetCore.Core;

namespace NetCore.Transport;

/// <summary>
/// What one connection is about to send: made by its engine once, filled through <see cref="SendBatch"/>.
/// </summary>
/// <remarks>
/// Not thread-safe: the holder of the send role uses it. It owns every segment until that is sent
/// (<see cref="Sent"/>) or dropped (<see cref="Drop"/>), and a copy area between batches until <see cref="Trim"/>.
/// </remarks>
public sealed class SendBuffer
{
    // A copy area is left for a new block only when less than one largest span is free in it, so that each block
    // takes at least this many bytes. It is the unit in which free segments are counted as room for copies.
    private const int SureBytesPerArea = CoreLimits.LargeBlockBytes - TransportLimits.MaxSendSpanBytes + 1;

    // A span has room for a payload of 16 KiB and its headers.
    private const int MaxHeaderBytes = TransportLimits.MaxSendSpanBytes - (16 * 1024);

    // Grown as batches need it: most connections send one segment at a time, and one that waits holds this array.
    private Lease[] _segments = [];
    private readonly BlockPool _pool;
    private Block? _area;
    private int _areaUsed;
    private int _areaSegmentStart;
    private bool _areaOpen;
    private int _spanLength;
    private int _first;
    private int _count;
    private int _firstOffset;
    private int _filled;
    private int _length;

    /// <summary>Makes an empty buffer that copies into blocks of <paramref name="pool"/>.</summary>
    public SendBuffer(BlockPool pool)
    {
        ArgumentNullException.ThrowIfNull(pool);
        _pool = pool;
    }

    /// <summary>Bytes that wait to be sent.</summary>
    public int Length => _length;

    /// <summary>Segments that wait to be sent, after <see cref="Seal"/>.</summary>
    public int SegmentCount => _count - _first;

    /// <summary>See <see cref="SendBatch.Remaining"/>.</summary>
    public int Remaining => Math.Min(TransportLimits.MaxSendBatchBytes - _filled, CopyRoom(FreeSegments, OpenTail));

    /// <summary>
    /// See <see cref="SendBatch.SegmentsFull"/>: room for a copied header, a link and a copied trailer.
    /// </summary>
    public bool SegmentsFull => FreeSegments < 3;

    /// <summary>See <see cref="SendBatch.RemainingAfterLink"/>.</summary>
    public int RemainingAfterLink(int length) =>
        Math.Min(TransportLimits.MaxSendBatchBytes - _filled - length, CopyRoom(FreeSegments - SegmentsOfLink, 0));

    private int UsedSegments => _areaOpen ? _count + 1 : _count;

    private int FreeSegments => TransportLimits.MaxSendSegments - UsedSegments;

    private int AreaTail => _area is null ? 0 : _area.Capacity - _areaUsed;

    private int OpenTail => _areaOpen ? AreaTail : 0;

    // A header that is copied before the link takes a segment of its own, unless it goes on in the open area.
    private int SegmentsOfLink => OpenTail < MaxHeaderBytes ? 2 : 1;

    /// <summary>See <see cref="SendBatch.GetSpan"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">No block to copy into.</exception>
    public Span<byte> GetSpan(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Math.Min(Remaining, TransportLimits.MaxSendSpanBytes));
        OpenArea(size);
        _spanLength = Math.Min(AreaTail, TransportLimits.MaxSendBatchBytes - _filled);
        return _area!.Span.Slice(_areaUsed, _spanLength);
    }

    /// <summary>See <see cref="SendBatch.Advance"/>.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)_spanLength);
        _spanLength = 0;
        _areaUsed += count;
        _filled += count;
        _length += count;
    }

    /// <summary>See <see cref="SendBatch.Write"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">No block to copy into.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, Remaining);
        while (!bytes.IsEmpty)
        {
            OpenArea(1);
            var part = bytes[..Math.Min(bytes.Length, AreaTail)];
            part.CopyTo(_area!.Span[_areaUsed..]);
            _spanLength = part.Length;
            Advance(part.Length);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>See <see cref="SendBatch.Link"/>. The lease is owned by the buffer even when this throws.</summary>
    public void Link(Lease lease)
    {
        if (lease.IsEmpty)
        {
            lease.Dispose();
            return;
        }

        if (FreeSegments < 2 || lease.Length > TransportLimits.MaxSendBatchBytes - _filled)
        {
            var message =
                $"A link of {lease.Length} bytes does not fit: look at Remaining and SegmentsFull before each piece.";
            lease.Dispose();
            throw new InvalidOperationException(message);
        }

        CloseArea();
        Append(lease);
        _filled += lease.Length;
        _length += lease.Length;
        _spanLength = 0;
    }

    /// <summary>Engine: ends the filling; the segments can be read from now on.</summary>
    public void Seal()
    {
        CloseArea();
        _spanLength = 0;
    }

    /// <summary>
    /// Engine: the unsent part of segment <paramref name="index"/>, 0 to <see cref="SegmentCount"/> - 1.
    /// </summary>
    public ArraySegment<byte> GetSegment(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)SegmentCount);
        var segment = _segments[_first + index].Segment;
        return index == 0 ? segment[_firstOffset..] : segment;
    }

    /// <summary>
    /// Engine: the next <paramref name="bytes"/> bytes are sent; memory that is sent wholly is given back.
    /// </summary>
    public void Sent(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)bytes, (uint)_length);
        _length -= bytes;
        while (bytes > 0)
        {
            var left = _segments[_first].Length - _firstOffset;
            if (bytes < left)
            {
                _firstOffset += bytes;
                return;
            }

            bytes -= left;
            _segments[_first].Dispose();
            _segments[_first++] = default;
            _firstOffset = 0;
        }

        if (_length == 0)
        {
            Reset();
        }
    }

    /// <summary>Engine: gives back the copy area when nothing waits; an idle connection holds no memory.</summary>
    public void Trim()
    {
        if (_length == 0 && _area is { } area)
        {
            Reset();
            _area = null;
            _areaUsed = 0;
            area.Release();
        }
    }

    /// <summary>Engine: gives back everything, sent or not.</summary>
    public void Drop()
    {
        Seal();
        for (; _first < _count; _first++)
        {
            _segments[_first].Dispose();
            _segments[_first] = default;
        }

        _length = 0;
        Reset();
        Trim();
    }

    private void OpenArea(int size)
    {
        if (_areaOpen && AreaTail >= size)
        {
            return;
        }

        var continues = !_areaOpen && AreaTail >= size && !LosesRoom();
        CloseArea();
        if (!continues)
        {
            var fresh = _pool.Rent(BlockSize.Large, "send batch");
            _area?.Release();
            _area = fresh;
            _areaUsed = 0;
        }

        _areaSegmentStart = _areaUsed;
        _areaOpen = true;
    }

    // Continuing a nearly full area takes a segment for little room; when segments are scarce a new block is better.
    private bool LosesRoom() => CopyRoom(FreeSegments - 1, AreaTail) < Remaining;

    private static int CopyRoom(int freeSegments, int openTail) =>
        (freeSegments * SureBytesPerArea) + Math.Max(0, openTail - TransportLimits.MaxSendSpanBytes + 1);

    private void CloseArea()
    {
        if (!_areaOpen)
        {
            return;
        }

        _areaOpen = false;
        var length = _areaUsed - _areaSegmentStart;
        if (length > 0)
        {
            _area!.AddReference();
            Append(new Lease(_area, _areaSegmentStart, length));
        }
    }

    private void Append(Lease lease)
    {
        if (_count == _segments.Length)
        {
            Array.Resize(ref _segments, Math.Clamp(_count * 2, 1, TransportLimits.MaxSendSegments));
        }

        _segments[_count++] = lease;
    }

    // Nothing is in flight: the area starts again from its beginning.
    private void Reset()
    {
        CloseArea();
        _first = _count = _firstOffset = _filled = 0;
        _areaUsed = 0;
    }
}
