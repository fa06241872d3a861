using System.Buffers;
using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>
/// The bytes of one message in leased memory: one piece when it is small, several when it came in fragments.
/// </summary>
/// <remarks>
/// A value with one owner at a time, like <see cref="Lease"/>: dispose exactly once. <c>default</c> is empty.
/// Reading is thread-safe, disposing is not.
/// </remarks>
public readonly struct LeasedBytes : IDisposable, IEquatable<LeasedBytes>
{
    private readonly Lease _single;
    private readonly Lease[]? _pieces;

    /// <summary>Takes over one lease.</summary>
    public LeasedBytes(Lease lease)
    {
        _single = lease;
        Length = lease.Length;
    }

    /// <summary>Takes over the leases and the array.</summary>
    public LeasedBytes(Lease[] pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        _pieces = pieces;
        foreach (var piece in pieces)
        {
            Length += piece.Length;
        }
    }

    /// <summary>Bytes in all.</summary>
    public int Length { get; }

    /// <summary>True when the bytes lie in one piece, so that <see cref="Memory"/> gives them all.</summary>
    public bool IsContiguous => _pieces is null;

    /// <summary>The bytes when they lie in one piece, valid until disposed.</summary>
    /// <exception cref="InvalidOperationException">
    /// They lie in several: use <see cref="Sequence"/> or <see cref="CopyTo"/>.
    /// </exception>
    public ReadOnlyMemory<byte> Memory => _pieces is null
        ? _single.Memory
        : throw new InvalidOperationException("The bytes lie in several pieces: use Sequence, CopyTo or ToArray.");

    /// <summary>The bytes in order, valid until disposed. Allocates when they lie in several pieces.</summary>
    public ReadOnlySequence<byte> Sequence =>
        _pieces is null ? new ReadOnlySequence<byte>(_single.Memory) : MemorySegment.Chain(_pieces);

    /// <summary>Copies <paramref name="bytes"/> into new leases of <paramref name="pool"/>.</summary>
    /// <exception cref="ByteBudgetExceededException">The pool's budget is used up.</exception>
    public static LeasedBytes Copy(BlockPool pool, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(pool);
        if (bytes.IsEmpty)
        {
            return default;
        }

        if (bytes.Length <= CoreLimits.LargeBlockBytes)
        {
            return new LeasedBytes(CopyPiece(pool, bytes));
        }

        var pieces = new Lease[(bytes.Length + CoreLimits.LargeBlockBytes - 1) / CoreLimits.LargeBlockBytes];
        for (var i = 0; i < pieces.Length; i++)
        {
            try
            {
                var rest = bytes[(i * CoreLimits.LargeBlockBytes)..];
                pieces[i] = CopyPiece(pool, rest[..Math.Min(rest.Length, CoreLimits.LargeBlockBytes)]);
            }
            catch (ByteBudgetExceededException)
            {
                new LeasedBytes(pieces).Dispose();
                throw;
            }
        }

        return new LeasedBytes(pieces);
    }

    /// <summary>Adds references for a second owner of a part.</summary>
    public LeasedBytes Share(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset));
        if (_pieces is null)
        {
            return new LeasedBytes(_single.Share(offset, length));
        }

        var parts = new List<Lease>(_pieces.Length);
        foreach (var piece in _pieces)
        {
            var skip = Math.Min(offset, piece.Length);
            var take = Math.Min(length, piece.Length - skip);
            if (take > 0)
            {
                parts.Add(piece.Share(skip, take));
            }

            offset -= skip;
            length -= take;
        }

        return new LeasedBytes([.. parts]);
    }

    /// <summary>Bytes that lie in one piece from <paramref name="offset"/> on.</summary>
    public int ContiguousFrom(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        return _pieces is null ? Length - offset : _pieces[PieceAt(ref offset)].Length - offset;
    }

    /// <summary>
    /// A reference for a second owner of a part that lies in one piece; see <see cref="ContiguousFrom"/>.
    /// </summary>
    public Lease ShareContiguous(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ContiguousFrom(offset));
        return _pieces is null ? _single.Share(offset, length) : _pieces[PieceAt(ref offset)].Share(offset, length);
    }

    /// <summary>Copies all bytes.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        if (_pieces is null)
        {
            _single.Span.CopyTo(destination);
            return;
        }

        foreach (var piece in _pieces)
        {
            piece.Span.CopyTo(destination);
            destination = destination[piece.Length..];
        }
    }

    /// <summary>A new array with all bytes.</summary>
    public byte[] ToArray()
    {
        var array = new byte[Length];
        CopyTo(array);
        return array;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose()
    {
        if (_pieces is null)
        {
            _single.Dispose();
            return;
        }

        foreach (var piece in _pieces)
        {
            piece.Dispose();
        }
    }

    /// <summary>Same leases.</summary>
    public bool Equals(LeasedBytes other) => _pieces == other._pieces && _single == other._single;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LeasedBytes other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_pieces, _single);

    /// <summary>Same leases.</summary>
    public static bool operator ==(LeasedBytes left, LeasedBytes right) => left.Equals(right);

    /// <summary>Other leases.</summary>
    public static bool operator !=(LeasedBytes left, LeasedBytes right) => !left.Equals(right);

    private int PieceAt(ref int offset)
    {
        var index = 0;
        while (index < _pieces!.Length - 1 && offset >= _pieces[index].Length)
        {
            offset -= _pieces[index++].Length;
        }

        return index;
    }

    private static Lease CopyPiece(BlockPool pool, ReadOnlySpan<byte> bytes)
    {
        var size = bytes.Length <= CoreLimits.SmallBlockBytes ? BlockSize.Small
            : bytes.Length <= CoreLimits.MediumBlockBytes ? BlockSize.Medium : BlockSize.Large;
        var block = pool.Rent(size, "copied message");
        bytes.CopyTo(block.Span);
        return new Lease(block, 0, bytes.Length);
    }
}
