namespace NetCore.Repo.Tests;

public class ArrowTests
{
    private const string Advice = "An arrow only points down (docs/architecture.md):";

    [Fact]
    public void Project_references_point_down() =>
        Violations.AssertNone(Repository.FilesIn(".csproj", "src").SelectMany(Arrows.InProject), Advice);

    [Fact]
    public void Using_lines_point_down() =>
        Violations.AssertNone(Repository.FilesIn(".cs", "src").SelectMany(Arrows.InSource), Advice);

    [Theory]
    [InlineData("Core", "NetCore.Session")]
    [InlineData("Framing", "NetCore.Transport")]
    [InlineData("Transport", "NetCore.Framing.Internal")]
    [InlineData("Session", "NetCore.Rpc")]
    [InlineData("PubSub", "NetCore.Rpc")]
    [InlineData("Rpc", "NetCore.PubSub")]
    [InlineData("Unheard", "NetCore.Core")]
    public void An_arrow_up_or_across_is_found(string folder, string target)
    {
        Assert.Single(Arrows.InSource(new SourceFile($"src/{folder}/A.cs", $"using {target};\n")));
        Assert.Single(Arrows.InProject(new SourceFile(
            $"src/{folder}/A.csproj", $"<Project><ProjectReference Include='../{target}.csproj' /></Project>")));
    }

    [Fact]
    public void An_arrow_down_is_let_through() =>
        Assert.Empty(Arrows.InSource(new SourceFile("src/Rpc/A.cs", "using System;\nusing NetCore.Session;\n")));
}
