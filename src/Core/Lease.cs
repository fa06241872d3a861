namespace NetCore.Core;

/// <summary>One reference to a part of a <see cref="Block"/>: the right to read until <see cref="Dispose"/>.</summary>
/// <remarks>
/// A value with one owner at a time: copying the struct moves the right, it does not double it. Dispose exactly once.
/// <c>default</c> is an empty lease, and disposing it does nothing. Reading is thread-safe, disposing is not.
/// </remarks>
public readonly struct Lease : IDisposable, IEquatable<Lease>
{
    private readonly Block? _block;
    private readonly int _offset;
    private readonly int _generation;

    /// <summary>Takes over one reference of <paramref name="block"/> that the caller holds.</summary>
    public Lease(Block block, int offset, int length)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)offset, (uint)block.Capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(block.Capacity - offset));
        _block = block;
        _offset = offset;
        _generation = block.Generation;
        Length = length;
    }

    /// <summary>Bytes it covers.</summary>
    public int Length { get; }

    /// <summary>True for <c>default</c>, which owns nothing.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The bytes, valid until disposed.</summary>
    public ReadOnlyMemory<byte> Memory => Live is { } block ? block.Memory.Slice(_offset, Length) : default;

    /// <summary>The bytes, valid until disposed.</summary>
    public ReadOnlySpan<byte> Span => Live is { } block ? block.Span.Slice(_offset, Length) : default;

    /// <summary>The bytes as part of their array, for BCL calls that take nothing else; empty for an empty lease.</summary>
    public ArraySegment<byte> Segment => Live is { } block ? block.Segment(_offset, Length) : ArraySegment<byte>.Empty;

    private Block? Live => _block is null || _block.Generation == _generation
        ? _block
        : throw new InvalidOperationException(
            $"Use after return: this lease's block was returned and now belongs to '{_block.Owner}'.");

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

    /// <summary>Gives the reference back. A second call throws when the block has moved on.</summary>
    public void Dispose() => Live?.Release();

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
