namespace NetCore.Transport.Peer;

/// <summary>
/// A byte stream in which each byte follows from the stream's key and its place: what is lost, doubled, out of order or
/// of another stream does not fit.
/// </summary>
public static class KeyedPattern
{
    /// <summary>Writes the bytes from <paramref name="position"/> on.</summary>
    public static void Fill(Span<byte> into, ulong key, long position)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = ByteAt(key, position + i);
        }
    }

    /// <summary>Whether these are the bytes from <paramref name="position"/> on.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes, ulong key, long position)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != ByteAt(key, position + i))
            {
                return false;
            }
        }

        return true;
    }

    // The SplitMix64 sequence of the key, eight bytes of the stream by step.
    private static byte ByteAt(ulong key, long position)
    {
        var z = key + (((ulong)position >> 3) * 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (byte)((z ^ (z >> 31)) >> ((int)(position & 7) * 8));
    }
}
