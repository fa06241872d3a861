using System.Text.Json.Nodes;
using NetCore.Session.Internal;

namespace NetCore.Session.Tests;

/// <summary>Hellos that the second implementation wrote and judged.</summary>
public class HelloVectorTests
{
    [Fact]
    public void Every_hello_of_the_vectors_gets_its_answer()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "vectors")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above holds tests/vectors.");
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "tests", "vectors", "hello.json"));
        var vectors = JsonNode.Parse(text)!.AsArray();
        Assert.True(vectors.Count > 20);
        foreach (var vector in vectors)
        {
            var bytes = Convert.FromHexString((string)vector!["bytes"]!);
            var answer = Hello.TryRead(bytes, out _, out _).ToString();
            Assert.True(answer == (string?)vector["status"], $"{vector["name"]}: {answer}");
        }
    }
}
