using System.Buffers;

namespace NetCore.Framing.Tests;

/// <summary>The loop of whoever reads messages from bytes that arrive in pieces.</summary>
internal static class SplitReader
{
    /// <summary>Reads until all has arrived and no more comes of it, or until a violation.</summary>
    /// <param name="codec">The codec.</param>
    /// <param name="length">Bytes there are.</param>
    /// <param name="next">How many of them arrive next.</param>
    /// <param name="view">The bytes from one place to another, in such segments as the caller likes.</param>
    /// <param name="take">Gets each message.</param>
    /// <returns>The last answer, and where the bytes begin that it is about.</returns>
    public static (DecodeStatus Status, int Start) Read<T>(
        FrameCodec<T> codec,
        int length,
        Func<int> next,
        Func<int, int, ReadOnlySequence<byte>> view,
        Action<T?> take)
    {
        var start = 0;
        for (var arrived = 0; ;)
        {
            var buffer = view(start, arrived);
            var status = codec.TryDecode(ref buffer, out var message);
            start = arrived - (int)buffer.Length;
            if (status == DecodeStatus.Complete)
            {
                take(message);
            }
            else if (status == DecodeStatus.NeedMore && arrived < length)
            {
                arrived = (int)Math.Min(length, arrived + (long)next());
            }
            else
            {
                return (status, start);
            }
        }
    }
}
