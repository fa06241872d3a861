namespace NetCore.Rpc.Generators.Tests;

public class SnapshotTests
{
    // With this variable set to 1 the tests write the expectation instead of comparing it.
    private const string UpdateSwitch = "NETCORE_UPDATE_SNAPSHOTS";

    [Fact]
    public void The_code_of_a_contract_with_all_kinds_of_methods_is_as_recorded()
    {
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", "Everything.cs"));
        Compare("Everything.g.cs.txt", GeneratorHarness.Generate(source + GeneratorHarness.JsonContext(
            "[JsonSerializable(typeof(Profile)), JsonSerializable(typeof(List<string>)), "
            + "JsonSerializable(typeof(DateTimeOffset))]")));
    }

    [Fact]
    public void The_code_of_a_contract_with_streams_is_as_recorded() => Compare(
        "Streams.g.cs.txt",
        GeneratorHarness.Generate(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", "Streams.cs"))));

    private static void Compare(string name, string actual)
    {
        if (Environment.GetEnvironmentVariable(UpdateSwitch) == "1")
        {
            var root = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(root!.FullName, "NetCore.sln")))
            {
                root = root.Parent;
            }

            File.WriteAllText(Path.Combine(root.FullName, "tests/Rpc.Generators.Tests/Snapshots", name), actual);
            return;
        }

        var expected = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Snapshots", name));
        Assert.Equal(expected.ReplaceLineEndings("\n"), actual);
    }
}
