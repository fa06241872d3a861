using System.IO.Compression;
using System.Security.Cryptography;

namespace NetCore.Fuzz.Driver;

/// <summary>An input that breaks a law, ends the process or takes too long.</summary>
/// <param name="Target">Its target.</param>
/// <param name="Input">The bytes.</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Repeats">It is found again by a process that runs nothing else.</param>
internal sealed record Finding(FuzzTarget Target, byte[] Input, string Text, bool Repeats)
{
    // As base64 these are about fifty lines of a terminal.
    private const int MostPacked = 3 * 1024;

    public string FirstLine => Text.Trim().Split('\n')[0];

    /// <summary>The input for a log that outlives its machine: gzip in base64, or null when that is too long.</summary>
    public string? Packed
    {
        get
        {
            using var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                gzip.Write(Input);
            }

            return packed.Length <= MostPacked ? Convert.ToBase64String(packed.ToArray()) : null;
        }
    }

    /// <summary>Writes the input and, beside it, what is wrong.</summary>
    /// <returns>The file of the input.</returns>
    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var name = $"{Target.Name}-{Convert.ToHexStringLower(SHA256.HashData(Input))[..12]}";
        var path = Path.Combine(folder, name + ".bin");
        File.WriteAllBytes(path, Input);
        File.WriteAllText(Path.Combine(folder, name + ".txt"), Text);
        return path;
    }
}
