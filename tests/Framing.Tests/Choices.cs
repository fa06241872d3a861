namespace NetCore.Framing.Tests;

/// <summary>
/// What a case is made of, out of bytes that FsCheck makes: fewer and smaller bytes make a simpler case, so a case that
/// fails is shrunk to its simplest. When they are used up every choice is the first one.
/// </summary>
internal sealed class Choices(byte[] bytes)
{
    private int _used;

    /// <summary>A number from 0 up to and without <paramref name="end"/>.</summary>
    public int Next(int end)
    {
        var value = 0u;
        for (var most = 1L; most < end; most <<= 8)
        {
            value = (value << 8) | NextByte();
        }

        return end <= 1 ? 0 : (int)(value % (uint)end);
    }

    public ulong NextUInt64()
    {
        var value = 0ul;
        for (var i = 0; i < sizeof(ulong); i++)
        {
            value = (value << 8) | NextByte();
        }

        return value;
    }

    /// <summary>Zeros or noise. Which is one choice: bytes of their own would be the whole case.</summary>
    public byte[] NextBytes(int length)
    {
        var result = new byte[length];
        var state = (uint)NextByte();
        for (var i = 0; state != 0 && i < length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            result[i] = (byte)(state >> 24);
        }

        return result;
    }

    private byte NextByte() => _used < bytes.Length ? bytes[_used++] : (byte)0;
}
