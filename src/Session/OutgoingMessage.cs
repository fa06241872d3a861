using System.Buffers;
using NetCore.Core;
using NetCore.Framing;
using NetCore.Session.Internal;

namespace NetCore.Session;

/// <summary>A message in the making: pooled blocks with room for the frame header before each piece.</summary>
/// <remarks>
/// Rent it from a <see cref="PeerSession"/>, write, hand it over by one send member; from then on the session owns it.
/// Not handed over, it must be disposed. Not thread-safe. Every piece becomes one frame, so none is longer than a
/// frame's payload; linked memory that is longer is cut here.
/// </remarks>
public sealed class OutgoingMessage : IBufferWriter<byte>, IDisposable
{
    /// <summary>
    /// Most bytes that one <see cref="GetSpan"/> gives without a detour over a temporary array: 16 KiB.
    /// </summary>
    public const int MaxContiguousBytes = FramingLimits.MaxPayloadBytes;

    // Header before, checksum after.
    private const int FrameRoom = FrameHeader.Size + sizeof(uint);

    private MessagePool _pool = null!;
    private MessagePart[] _parts = new MessagePart[1];
    private int _taken;
    private Detour _detour;
    private int _stampOffset = -1;
    private long _stampDue;
    private bool _rented;

    // For pools; users rent.
    internal OutgoingMessage()
    {
    }

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Pieces in which the bytes lie, each of which becomes one frame.</summary>
    public int Pieces => PartCount;

    // Parts that are not yet framed; the session's gate guards them once the message is handed over.
    internal int PartsLeft => PartCount - _taken;

    internal int PartCount { get; private set; }

    internal int BytesLeft { get; private set; }

    internal OutgoingMessage? Next { get; set; }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        return _detour.TryRent(sizeHint) is { } array ? array : Tail(Math.Max(sizeHint, 1)).Room;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        return _detour.TryRent(sizeHint) is { } array ? array : Tail(Math.Max(sizeHint, 1)).RoomMemory;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (_detour.Take() is { } detour)
        {
            // It is taken out first: writing asks for spans, which would give it back.
            try
            {
                this.Write(detour.AsSpan(0, count));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(detour);
            }

            return;
        }

        if (count == 0)
        {
            return;
        }

        if (PartCount == 0)
        {
            throw new InvalidOperationException("Advance without GetSpan or GetMemory before it.");
        }

        ref var tail = ref _parts[PartCount - 1];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, tail.Room.Length);
        tail.Length += count;
        Length += count;
    }

    /// <summary>Contiguous bytes to be filled in later, before the message is sent.</summary>
    /// <param name="count">0 to <see cref="MaxContiguousBytes"/>.</param>
    public Span<byte> Reserve(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxContiguousBytes);
        var room = GetSpan(count)[..count];
        Advance(count);
        return room;
    }

    /// <summary>Appends leased bytes and takes the lease over: short ones are copied, others linked.</summary>
    public void Append(LeasedBytes leased)
    {
        using (leased)
        {
            for (var offset = 0; offset < leased.Length;)
            {
                offset += AppendPiece(leased, offset);
            }
        }
    }

    /// <summary>Appends a block that the caller has filled, and takes over its one reference.</summary>
    /// <param name="block">
    /// Its bytes begin at <see cref="FrameHeader.Size"/>; that room before them, and four bytes behind, are for the
    /// frame.
    /// </param>
    /// <param name="length">1 to <see cref="MaxContiguousBytes"/>.</param>
    public void Adopt(Block block, int length)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            length, Math.Min(MaxContiguousBytes, block.Capacity - FrameRoom));
        _detour.Drop();
        ref var part = ref Add(MessagePart.Own(block));
        part.Length = length;
        Length += length;
    }

    /// <summary>Drops the message and gives its memory back. Only for a message that was not handed over.</summary>
    public void Dispose()
    {
        if (!_rented)
        {
            return;
        }

        _rented = false;
        _detour.Drop();
        _stampOffset = -1;
        for (; _taken < PartCount; _taken++)
        {
            _parts[_taken].Release();
        }

        Array.Clear(_parts, 0, PartCount);
        if (_parts.Length > SessionLimits.RetainedMessageParts)
        {
            _parts = new MessagePart[1];
        }

        PartCount = _taken = Length = 0;
        Next = null;
        _pool.Give(this);
    }

    /// <summary>
    /// Has four bytes of the first piece written again when it is framed: the milliseconds that are left then, at least
    /// 1. For a deadline that travels: a message may wait long for its turn.
    /// </summary>
    /// <param name="offset">Where, within the bytes written so far; linked bytes cannot be written over.</param>
    /// <param name="due">The deadline on the world's timers.</param>
    public void StampTimeLeft(int offset, long due)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, NextPartLength - sizeof(uint));
        if (!_parts[0].HasFrameRoom)
        {
            throw new InvalidOperationException("The message begins with linked bytes, which belong to others too.");
        }

        _stampOffset = offset;
        _stampDue = due;
    }

    /// <summary>Moves what was written from <paramref name="offset"/> on to the end of another message.</summary>
    /// <param name="offset">Not within linked bytes.</param>
    /// <param name="destination">
    /// Gets a copy of the piece in which the offset lies and the later pieces as they are; null drops them.
    /// </param>
    public void MoveTail(int offset, OutgoingMessage? destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        _detour.Drop();
        PartCount = MessageTail.Move(_parts.AsSpan(0, PartCount), offset, destination);
        Length = offset;
    }

    internal void Link(in MessagePart part)
    {
        Length += part.Length;
        Add(part);
    }

    internal void Seal()
    {
        DropUnusedTail();
        BytesLeft = Length;
    }

    internal void Activate(MessagePool pool)
    {
        _pool = pool;
        _rented = true;
    }

    internal int NextPartLength => _taken < PartCount ? _parts[_taken].Length : 0;

    // Moves the next part to the caller, who releases it. An empty message has one empty part.
    internal MessagePart TakePart(long now)
    {
        if (_taken == PartCount)
        {
            return default;
        }

        var part = _parts[_taken++];
        if (_stampOffset >= 0)
        {
            part.WriteUInt32(_stampOffset, (uint)Math.Clamp(_stampDue - now, 1, uint.MaxValue));
            _stampOffset = -1;
        }

        BytesLeft -= part.Length;
        return part;
    }

    private ref MessagePart Tail(int room)
    {
        if (PartCount > 0 && _parts[PartCount - 1].Room.Length >= room)
        {
            return ref _parts[PartCount - 1];
        }

        DropUnusedTail();
        var small = PartCount == 0 && room <= CoreLimits.SmallBlockBytes - FrameRoom;
        var block = _pool.Blocks.Rent(small ? BlockSize.Small : BlockSize.Medium, "outgoing message");
        return ref Add(MessagePart.Own(block));
    }

    // Got and not used: sent, it would be an empty frame, which receivers count.
    private void DropUnusedTail()
    {
        if (PartCount > 0 && _parts[PartCount - 1].Length == 0)
        {
            _parts[--PartCount].Release();
            _parts[PartCount] = default;
        }
    }

    private ref MessagePart Add(MessagePart part)
    {
        DropUnusedTail();
        if (PartCount == _parts.Length)
        {
            Array.Resize(ref _parts, PartCount * 2);
        }

        _parts[PartCount++] = part;
        return ref _parts[PartCount - 1];
    }

    private int AppendPiece(LeasedBytes leased, int offset)
    {
        // Sharing a part that crosses pieces would give several leases; LeasedBytes says how long its piece is there.
        var length = Math.Min(leased.ContiguousFrom(offset), MaxContiguousBytes);
        var piece = leased.ShareContiguous(offset, length);
        if (length > SessionLimits.CopyIntoBatchBytes)
        {
            Add(MessagePart.Linked(piece));
            Length += length;
            return length;
        }

        using (piece)
        {
            this.Write(piece.Span);
        }

        return length;
    }
}
