namespace NetCore.Bench;

/// <summary>How a side waits for input.</summary>
internal enum WaitMode
{
    /// <summary>It sleeps in the kernel.</summary>
    Block,

    /// <summary>It polls and uses its core up.</summary>
    Spin,
}
