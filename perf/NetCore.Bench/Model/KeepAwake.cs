namespace NetCore.Bench;

/// <summary>In which scenarios idle-priority spinners keep the cores from halting.</summary>
internal enum KeepAwake
{
    /// <summary>In those of latency, if a round trip is faster so on this machine, which is tried first.</summary>
    Auto,

    /// <summary>In those of latency, as each scenario says.</summary>
    Latency,

    /// <summary>In all but those that poll.</summary>
    Always,

    Never,
}
