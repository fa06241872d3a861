namespace NetCore.Quickstart;

/// <summary>How the verification of a tree went.</summary>
internal sealed record VerifyResult(int Files, long Bytes, int Calls, TimeSpan Elapsed, IReadOnlyList<string> Problems)
{
    public bool IsClean => Problems.Count == 0 && Files > 0;

    public override string ToString()
    {
        var line = $"  {Files:N0} files, {Bytes:N0} bytes by {Calls:N0} calls in {Elapsed.TotalSeconds:F1} s: "
            + (IsClean ? "every SHA-256 matched" : $"{Problems.Count} PROBLEMS");
        return string.Join("\n    ", Problems.Take(20).Prepend(line));
    }
}
