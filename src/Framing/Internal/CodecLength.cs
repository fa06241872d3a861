namespace NetCore.Framing.Internal;

/// <summary>The range of the lengths that a codec is made with.</summary>
internal static class CodecLength
{
    public static int Checked(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, FramingLimits.MaxCodecMessage);
        return length;
    }
}
