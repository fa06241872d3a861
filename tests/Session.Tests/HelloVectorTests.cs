using NetCore.Session.Internal;
using NetCore.Testing.Shared;

namespace NetCore.Session.Tests;

/// <summary>Hellos that the second implementation wrote and judged.</summary>
public class HelloVectorTests
{
    [Fact]
    public void Every_hello_of_the_vectors_gets_its_answer()
    {
        var vectors = VectorFile.Read("hello.json");
        Assert.True(vectors.Count > 20);
        foreach (var vector in vectors)
        {
            var bytes = Convert.FromHexString((string)vector!["bytes"]!);
            var answer = Hello.TryRead(bytes, out _, out _).ToString();
            Assert.True(answer == (string?)vector["status"], $"{vector["name"]}: {answer}");
        }
    }
}
