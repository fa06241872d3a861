namespace NetCore.Session.Tests;

internal static class Payload
{
    /// <summary>Bytes that do not compress and that differ by seed.</summary>
    public static byte[] Random(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
