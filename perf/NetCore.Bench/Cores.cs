namespace NetCore.Bench;

/// <summary>Which core each half runs on; null leaves it to the system.</summary>
internal sealed record Cores(int? Server, int? Client)
{
    /// <summary>The first two that this process may use.</summary>
    public static Cores Choose() => Processors.Allowed switch
    {
        [] => new Cores(null, null),
        [var only] => new Cores(only, only),
        [var first, var second, ..] => new Cores(first, second),
    };

    /// <summary>For the head of the report.</summary>
    public override string ToString()
    {
        var way = Processors.TaskSet is null ? "set by each process itself, taskset is not installed" : "by taskset";
        return this switch
        {
            { Server: null } => "not pinned: only Linux is supported",
            { Server: var one, Client: var other } when one == other =>
                $"server and client share core {one}, the only one there is: compare with no other machine ({way})",
            _ => $"server on core {Server}, client on core {Client} ({way})",
        };
    }
}
