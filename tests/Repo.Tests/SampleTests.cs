namespace NetCore.Repo.Tests;

public class SampleTests
{
    private const int HelloWorldLines = 15;

    public static TheoryData<string, int> Fences => [.. Repository.FilesIn(".md")
        .Where(file => file.Path == "README.md" || file.Path.StartsWith("docs/", StringComparison.Ordinal))
        .SelectMany(Fence.In)
        .Select(fence => (fence.Path, fence.Line))];

    [Theory]
    [MemberData(nameof(Fences))]
    public void A_sample_of_the_documentation_compiles(string path, int line)
    {
        var fence = Fence.In(Repository.Get(path)).Single(fence => fence.Line == line);
        Violations.AssertNone(SampleCompiler.ErrorsOf(fence.Code), $"{path}:{line} does not compile:");
    }

    [Fact]
    public void Hello_world_has_15_lines_at_most()
    {
        var hello = Fence.In(Repository.Get("README.md")).First();
        Assert.InRange(hello.Code.Split('\n').Count(line => line.Trim().Length > 0), 1, HelloWorldLines);
    }

    [Fact]
    public void A_sample_that_does_not_compile_is_found()
    {
        Assert.NotEmpty(SampleCompiler.ErrorsOf("Console.WriteLine(unheard);"));
        Assert.Empty(SampleCompiler.ErrorsOf("await Task.Yield();\nConsole.WriteLine(typeof(NetCore.Core.World));"));
    }

    [Fact]
    public void A_fence_is_compiled_unless_it_says_no_compile()
    {
        var file = new SourceFile("a.md", "x\n```csharp\na\n```\n```csharp no-compile\nb\n```\n```json\nc\n```\n");
        var fence = Assert.Single(Fence.In(file));
        Assert.Equal(new Fence("a.md", 2, "a\n"), fence);
    }
}
