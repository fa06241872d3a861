namespace NetCore.Bench;

/// <summary>In which scenarios idle-priority spinners keep the cores from halting.</summary>
internal enum KeepAwake
{
    /// <summary>In those of latency, as each scenario says.</summary>
    Latency,

    /// <summary>In all but those that poll.</summary>
    Always,

    Never,
}
