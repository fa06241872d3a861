namespace NetCore.Bench.Contenders;

/// <summary>Where handlers of calls run.</summary>
internal enum Lane
{
    /// <summary>On the thread pool.</summary>
    Pool,

    /// <summary>On the thread that has received.</summary>
    Inline,
}
