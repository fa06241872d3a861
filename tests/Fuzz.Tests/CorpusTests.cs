using NetCore.Fuzz.Driver;
using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Tests;

/// <summary>The inputs to begin with, among them what was found once.</summary>
public sealed class CorpusTests
{
    private const int Fewest = 3;

    public static TheoryData<string> Names => [.. Targets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_input_of_the_corpus_keeps_the_laws_of_its_target(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The guard pages are those of Linux.");
        var target = Targets.Get(name);
        var memory = new GuardedMemory(WorkerFile.InputBytes);
        var inputs = Corpus.Of(target);
        Assert.True(inputs.Count > Fewest);
        foreach (var input in inputs)
        {
            foreach (var place in (Memory<byte>[])[memory.AtEnd(input.Length), memory.AtStart(input.Length)])
            {
                input.CopyTo(place);
                target.Run(place);
            }
        }
    }

    [Fact]
    public void Every_file_of_the_corpus_belongs_to_a_target() => Assert.Equal(
        Targets.All.Select(target => target.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.txt")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal));
}
