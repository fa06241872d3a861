using System.Diagnostics;

namespace NetCore.Bench;

/// <summary>What the tool was built from.</summary>
/// <param name="Commit">Empty when unknown.</param>
/// <param name="Dirty">There are changes that are not in it.</param>
internal sealed record SourceState(string Commit, bool Dirty)
{
    public static SourceState Read()
    {
        try
        {
            return new SourceState(Git("rev-parse", "--short", "HEAD"), Git("status", "--porcelain").Length > 0);
        }
        catch (Exception e) when (e is BenchException or System.ComponentModel.Win32Exception)
        {
            return new SourceState("", false);
        }
    }

    public override string ToString() => Commit.Length == 0
        ? "not in a git repository"
        : $"git {Commit}, {(Dirty ? "DIRTY: uncommitted changes" : "clean")}";

    // Where the program was built, which is inside of the repository.
    private static string Git(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", AppContext.BaseDirectory, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new BenchException("no git repository");
    }
}
