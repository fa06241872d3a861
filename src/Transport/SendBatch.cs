using NetCore.Core;

namespace NetCore.Transport;

/// <summary>One send in the making: small bytes are copied in, larger memory is linked by its lease.</summary>
/// <remarks>
/// Lives for one <see cref="ISendSource.FillSend"/> call; the order of the calls is the order on the wire.
/// </remarks>
public ref struct SendBatch
{
    private readonly SendBuffer _buffer;

    /// <summary>Fills <paramref name="buffer"/>; made by engines.</summary>
    public SendBatch(SendBuffer buffer) => _buffer = buffer;

    /// <summary>
    /// Bytes that still fit. A source stops when its next piece does not fit and answers <see
    /// cref="SendState.More"/>.
    /// </summary>
    public readonly int Remaining => _buffer.Remaining;

    /// <summary>
    /// False promises that a copied header, one <see cref="Link"/> and a copied trailer still fit, as far as
    /// their bytes do. True: only copies, up to <see cref="Remaining"/>.
    /// </summary>
    public readonly bool SegmentsFull => _buffer.SegmentsFull;

    /// <summary>
    /// Contiguous room of at least <paramref name="size"/> bytes, to be followed by <see cref="Advance"/>.
    /// </summary>
    /// <param name="size">1 to <see cref="Remaining"/>, at most 16 KiB + 256.</param>
    public readonly Span<byte> GetSpan(int size) => _buffer.GetSpan(size);

    /// <summary>Appends the first <paramref name="count"/> bytes of the span that was got last.</summary>
    public readonly void Advance(int count) => _buffer.Advance(count);

    /// <summary>Copies <paramref name="bytes"/> in, however long up to <see cref="Remaining"/>.</summary>
    public readonly void Write(ReadOnlySpan<byte> bytes) => _buffer.Write(bytes);

    /// <summary>
    /// Appends the lease's bytes without a copy and takes the lease over: it is disposed when they are sent or
    /// dropped.
    /// </summary>
    public readonly void Link(Lease lease) => _buffer.Link(lease);

    /// <summary>
    /// What <see cref="Remaining"/> will be at least after a link of <paramref name="length"/> bytes, or after a
    /// copied header of up to 256 bytes and a link that are <paramref name="length"/> bytes together.
    /// </summary>
    public readonly int RemainingAfterLink(int length) => _buffer.RemainingAfterLink(length);
}
