namespace NetCore.Repo.Tests;

public class SolutionTests
{
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Get("NetCore.sln").Text.Replace('\\', '/');
        Violations.AssertNone(
            Repository.FilesIn(".csproj").Where(project =>
                !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)).Select(project => project.Path),
            "Run dotnet sln add for these:");
    }

    [Fact]
    public void Every_project_has_its_lock_file() => Violations.AssertNone(
        Repository.FilesIn(".csproj")
            .Where(project => !Path.Exists(Path.Combine(Repository.Root, project.Folder, "packages.lock.json")))
            .Select(project => project.Path),
        "Restore and commit packages.lock.json of these:");

    [Fact]
    public void Continuous_integration_runs_the_test_command_of_the_readme()
    {
        const string command = "./build.sh --target=Test";
        Assert.Contains(command, Repository.Get("README.md").Text, StringComparison.Ordinal);
        Assert.Contains(command, Repository.Get(".ci/run").Text, StringComparison.Ordinal);
    }
}
