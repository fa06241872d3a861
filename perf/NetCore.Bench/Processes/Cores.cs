using System.Globalization;

namespace NetCore.Bench;

/// <summary>Which core each half runs on; null leaves it to the system.</summary>
internal sealed record Cores(int? Server, int? Client)
{
    private const string Form = "--pin takes server=CPU,client=CPU or none";

    /// <summary>The first two that this process may use.</summary>
    public static Cores Choose() => Processors.Allowed switch
    {
        [] => new Cores(null, null),
        [var only] => new Cores(only, only),
        [var first, var second, ..] => new Cores(first, second),
    };

    /// <summary>From the command line.</summary>
    /// <exception cref="UsageException">It is not of that form, or a core cannot be used.</exception>
    public static Cores Parse(string text)
    {
        if (text == "none")
        {
            return new Cores(null, null);
        }

        var parts = text.Split(',').Select(static part => part.Split('=')).ToList();
        if (parts.Count != 2 || parts.Exists(static part => part.Length != 2))
        {
            throw new UsageException($"{Form}, not '{text}'.");
        }

        int Of(string side) => parts.Find(part => part[0] == side) is { } part
            && int.TryParse(part[1], NumberStyles.None, CultureInfo.InvariantCulture, out var core)
                ? core
                : throw new UsageException($"{Form}, not '{text}'.");
        var cores = new Cores(Of("server"), Of("client"));
        var useless = new[] { cores.Server!.Value, cores.Client!.Value }.Except(Processors.Allowed).ToList();
        return useless.Count == 0
            ? cores
            : throw new UsageException(
                $"Core {useless[0]} cannot be used here, only {string.Join(", ", Processors.Allowed)}.");
    }

    /// <summary>For the head of the report.</summary>
    public override string ToString()
    {
        var way = Processors.TaskSet is null ? "set by each process itself, taskset is not installed" : "by taskset";
        return this switch
        {
            { Server: null } => "not pinned",
            { Server: var one, Client: var other } when one == other =>
                $"server and client share core {one}: compare with no other machine ({way})",
            _ => $"server on core {Server}, client on core {Client} ({way})",
        };
    }
}
