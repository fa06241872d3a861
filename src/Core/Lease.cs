using NetCore.Core.Internal;

namespace NetCore.Core;

/// <summary>One reference to a part of a <see cref="Block"/>: the right to read until <see cref="Dispose"/>.</summary>
/// <remarks>
/// A value with one owner at a time: copying the struct moves the right, it does not double it. Dispose exactly once.
/// <c>default</c> is an empty lease, and disposing it does nothing. Reading is thread-safe, disposing is not.
/// The use of a disposed lease is always found once its block has gone back to the pool; a tracking pool finds it also
/// while other references keep the block alive.
/// </remarks>
public readonly struct Lease : IDisposable, IEquatable<Lease>
{
    private readonly Block? _block;
    private readonly int _offset;
    private readonly int _generation;

    // Names this lease among those of its block; 0 when the pool does not track.
    private readonly int _ticket;

    /// <summary>Takes over one reference of <paramref name="block"/> that the caller holds.</summary>
    public Lease(Block block, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)block.Capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(block.Capacity - offset));
        _block = block;
        _offset = offset;
        _generation = block.Generation;
        _ticket = block.Tracker?.OpenTicket() ?? 0;
        Length = length;
    }

    /// <summary>Bytes it covers.</summary>
    public int Length { get; }

    /// <summary>True when it covers no bytes. Unless it is <c>default</c>, it still owns its reference.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes, valid until disposed.</summary>
    public ReadOnlyMemory<byte> Memory => Live is { } block ? block.Memory.Slice(_offset, Length) : default;

    /// <summary>The bytes, valid until disposed.</summary>
    public ReadOnlySpan<byte> Span => Live is { } block ? block.Span.Slice(_offset, Length) : default;

    /// <summary>
    /// The bytes as part of their array, for BCL calls that take nothing else; empty for an empty lease.
    /// </summary>
    public ArraySegment<byte> Segment => Live is { } block ? block.Segment(_offset, Length) : ArraySegment<byte>.Empty;

    private Block? Live
    {
        get
        {
            if (_block is not null)
            {
                if (_block.Generation != _generation)
                {
                    throw Misuse.UseAfterReturn(_block, "a disposed lease was used");
                }

                _block.Tracker?.CheckTicket(_ticket);
            }

            return _block;
        }
    }

    /// <summary>Adds a reference for a second owner, who gets a lease of the part.</summary>
    public Lease Share(int offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(Length - offset));
        if (Live is not { } block)
        {
            return default;
        }

        block.AddReference();
        return new Lease(block, _offset + offset, length);
    }

    /// <summary>Gives the reference back.</summary>
    /// <exception cref="BlockMisuseException">It was given back before (double return).</exception>
    public void Dispose()
    {
        if (_block is null)
        {
            return;
        }

        if (_block.Generation != _generation)
        {
            throw Misuse.DoubleReturn(_block, "one lease was disposed twice");
        }

        _block.Tracker?.CloseTicket(_ticket);
        _block.Release();
    }

    /// <summary>Same part of the same life of the same block.</summary>
    public bool Equals(Lease other) =>
        _block == other._block && _generation == other._generation
        && _offset == other._offset && Length == other.Length;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Lease other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_block, _offset, Length, _generation);

    /// <summary>Same part of the same life of the same block.</summary>
    public static bool operator ==(Lease left, Lease right) => left.Equals(right);

    /// <summary>Not the same part, life or block.</summary>
    public static bool operator !=(Lease left, Lease right) => !left.Equals(right);
}
