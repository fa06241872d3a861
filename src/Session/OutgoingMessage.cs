using System.Buffers;
using NetCore.Core;

namespace NetCore.Session;

/// <summary>A message in the making: pooled blocks with room for the frame headers before each piece.</summary>
/// <remarks>
/// Rent it from a <see cref="PeerSession"/>, write, hand it over by one send member; from then on the session owns it.
/// Not handed over, it must be disposed. Not thread-safe. Every piece becomes one frame, so none is longer than a
/// frame's payload; linked memory that is longer is cut when it is framed.
/// </remarks>
public sealed class OutgoingMessage : IBufferWriter<byte>, IDisposable
{
    /// <summary>Most bytes that one <see cref="GetSpan"/> gives without a detour over a temporary array: 16 KiB.</summary>
    public const int MaxContiguousBytes = 16 * 1024;

    /// <inheritdoc/>
    public void Advance(int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();

    /// <summary>Bytes written so far.</summary>
    public int Length => throw new NotSupportedException();

    /// <summary>Contiguous bytes to be filled in later, before the message is sent.</summary>
    public Span<byte> Reserve(int count) => throw new NotSupportedException();

    /// <summary>Appends leased bytes and takes the lease over.</summary>
    public void Append(LeasedBytes leased) => throw new NotSupportedException();

    /// <summary>Drops the message.</summary>
    public void Dispose() => throw new NotSupportedException();
}
