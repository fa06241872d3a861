using System.Buffers;

namespace NetCore.Framing;

/// <summary>How messages of one protocol lie among bytes: the seam for a protocol of your own.</summary>
/// <typeparam name="T">
/// A message. For the ready codecs it is a view of its bytes in place; a codec of yours may make what it likes.
/// </typeparam>
/// <remarks>
/// <para>What an implementation promises: it is pure, so the same bytes give the same messages however they were split
/// on the way, and it is thread-safe; it holds nothing between calls; whatever the bytes are, the answer is a
/// <see cref="DecodeStatus"/> and never an exception; it refuses a message that is too long before it allocates for
/// it; a violation stays one whatever follows.</para>
/// <para>What a caller promises: after NeedMore it comes again with the same bytes and more; after TooLarge or
/// Malformed it gives the connection up, because the start of the next message is unknown.</para>
/// </remarks>
public abstract class FrameCodec<T>
{
    /// <summary>Takes one message from the front of <paramref name="buffer"/>.</summary>
    /// <param name="buffer">What has arrived; on Complete it starts behind the message, else it is unchanged.</param>
    /// <param name="message">
    /// On Complete, the message; else default. A view of bytes is valid as long as the buffer's are.
    /// </param>
    public abstract DecodeStatus TryDecode(ref ReadOnlySequence<byte> buffer, out T? message);

    /// <summary>Writes one message so that <see cref="TryDecode"/> gives it back.</summary>
    /// <param name="message">The message; not kept.</param>
    /// <param name="output">Where to; nothing is written when this throws.</param>
    /// <exception cref="ArgumentException">A reader with the same settings would not give the message back.</exception>
    public abstract void Encode(in T message, IBufferWriter<byte> output);
}
