using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using NetCore.Testing.Shared;

namespace NetCore.Framing.Tests.Vectors;

/// <summary>The files in tests/vectors: those that this writes, and those of the second implementation.</summary>
public sealed class VectorTests
{
    // With this variable set, a run writes the files anew instead of comparing them.
    private const string Rewrite = "NETCORE_WRITE_VECTORS";
    private const int Fewest = 200;

    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Theory]
    [InlineData("headers.json")]
    [InlineData("checksums.json")]
    [InlineData("compression.json")]
    public void A_file_of_vectors_is_what_the_tests_make(string name)
    {
        var vectors = name switch
        {
            "headers.json" => HeaderVectors.All(),
            "checksums.json" => PayloadVectors.Checksums(),
            _ => PayloadVectors.Compressed(),
        };
        var lines = vectors.Select(vector => "  " + vector.ToJson().ToJsonString(Plain));
        var text = "[\n" + string.Join(",\n", lines) + "\n]\n";
        var path = Path.Combine(VectorFile.Folder, name);
        if (Environment.GetEnvironmentVariable(Rewrite) is not (null or ""))
        {
            File.WriteAllText(path, text, new UTF8Encoding(false));
        }

        Assert.True(File.ReadAllText(path) == text, $"Run this test with {Rewrite}=1 and look at the difference.");
    }

    [Theory]
    [InlineData("headers.json")]
    [InlineData("checksums.json")]
    [InlineData("compression.json")]
    [InlineData("second.json")]
    public void Every_vector_gets_its_answer(string name)
    {
        var output = new byte[FramingLimits.MaxPayloadBytes];
        foreach (var vector in Read(name))
        {
            var status = FrameDecoder.TryRead(vector.Bytes, out var frame, out var consumed);
            if (vector.Payload is null)
            {
                Assert.True(status == vector.Status, $"{vector.Name}: {status}");
                continue;
            }

            Assert.True(status == FrameStatus.Complete, $"{vector.Name}: {status}");
            Assert.Equal(vector.Header, frame.Header);
            Assert.Equal(vector.Payload, frame.Payload.ToArray());
            Assert.Equal(Wire.Encode(vector.Header, vector.Payload), vector.Bytes[..consumed]);
            if ((vector.Header.Flags & FrameFlags.Compressed) != 0)
            {
                Assert.Equal(vector.Status, FrameDecoder.TryDecompress(frame, output, out var written));
                Assert.Equal(vector.Decoded ?? [], output[..written]);
            }
        }
    }

    [Fact]
    public void There_are_enough_of_them_good_and_bad()
    {
        var all = Directory.GetFiles(VectorFile.Folder, "*.json")
            .SelectMany(file => VectorFile.Read(Path.GetFileName(file))).ToList();
        var bad = all.Count(vector => vector!["valid"] is { } valid
            ? !(bool)valid : (string?)vector["status"] is not ("Complete" or "NeedMore" or "None"));
        Assert.InRange(all.Count, Fewest, 10 * Fewest);
        Assert.InRange(bad, Fewest / 3, all.Count - (Fewest / 3));
    }

    private static IEnumerable<FrameVector> Read(string name) =>
        VectorFile.Read(name).Select(vector => FrameVector.FromJson(vector!.AsObject()));
}
