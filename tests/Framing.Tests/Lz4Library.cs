using System.Runtime.InteropServices;

namespace NetCore.Framing.Tests;

/// <summary>LZ4 as its author wrote it, from the Debian package liblz4-1.</summary>
internal static partial class Lz4Library
{
    private const string Name = "liblz4.so.1";

    /// <summary>Skips the test where the library is missing and may be.</summary>
    public static void SkipUnlessThere()
    {
        // Continuous integration installs the package, so that there a missing one is a failure.
        var isCi = Environment.GetEnvironmentVariable("CI") is not (null or "" or "false");
        Assert.SkipUnless(
            (isCi && OperatingSystem.IsLinux()) || NativeLibrary.TryLoad(Name, out _),
            $"There is no {Name}; see eng/debian-packages.txt.");
    }

    /// <summary>A block without a declared size before it.</summary>
    /// <param name="plain">What is compressed.</param>
    /// <param name="level">0 for the fast compressor, else the effort of the other one.</param>
    public static byte[] Compress(byte[] plain, int level)
    {
        var block = new byte[plain.Length + (plain.Length / 255) + 16];
        var length = level == 0
            ? CompressDefault(plain, block, plain.Length, block.Length)
            : CompressHigh(plain, block, plain.Length, block.Length, level);
        Assert.True(length > 0);
        return block[..length];
    }

    /// <summary>What a block decodes to, or null when the library refuses it.</summary>
    public static byte[]? Decompress(ReadOnlySpan<byte> block, int room)
    {
        var plain = new byte[room];
        var length = DecompressSafe(block, plain, block.Length, room);
        return length < 0 ? null : plain[..length];
    }

    [LibraryImport(Name, EntryPoint = "LZ4_compress_default")]
    private static partial int CompressDefault(ReadOnlySpan<byte> plain, Span<byte> block, int length, int room);

    [LibraryImport(Name, EntryPoint = "LZ4_compress_HC")]
    private static partial int CompressHigh(
        ReadOnlySpan<byte> plain, Span<byte> block, int length, int room, int level);

    [LibraryImport(Name, EntryPoint = "LZ4_decompress_safe")]
    private static partial int DecompressSafe(ReadOnlySpan<byte> block, Span<byte> plain, int length, int room);
}
