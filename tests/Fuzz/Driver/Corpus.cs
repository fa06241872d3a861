using System.Text.Json.Nodes;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Driver;

/// <summary>
/// The inputs that mutation begins with: <c>corpus/NAME.txt</c>, and the vectors of the wire for frames.
/// </summary>
internal static class Corpus
{
    // Of one kind the vectors hold more of the longest payloads than mutation needs.
    private const int LongestVector = 2000;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>All inputs of a target; at least one, the empty input.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target)
    {
        var inputs = new List<byte[]> { Array.Empty<byte>() };
        var path = Path.Combine(Folder, target.Name + ".txt");
        if (File.Exists(path))
        {
            inputs.AddRange(File.ReadLines(path)
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(HexRuns.Read));
        }

        if (target.Framed)
        {
            inputs.AddRange(Vectors().Select(vector => (byte[])[.. new byte[target.OptionBytes], .. vector]));
        }

        return inputs;
    }

    /// <summary>Writes the inputs as files, one each, for a fuzzer that wants it so.</summary>
    public static void Write(FuzzTarget target, string folder)
    {
        Directory.CreateDirectory(folder);

        // One that does not reach the decoder is an error for afl-fuzz.
        var inputs = Of(target).Where(input => input.Length > target.OptionBytes).ToList();
        for (var i = 0; i < inputs.Count; i++)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{i:D3}"), inputs[i]);
        }
    }

    private static IEnumerable<byte[]> Vectors() => Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal)
        .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!.AsArray())
        .Where(vector => vector!["status"] is not null)
        .Select(vector => (string?)vector!["bytes"])
        .Where(text => text is not null)
        .Select(text => HexRuns.Read(text!))
        .Where(bytes => bytes.Length <= LongestVector);
}
