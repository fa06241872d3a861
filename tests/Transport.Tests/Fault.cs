namespace NetCore.Transport.Tests;

/// <summary>What a <see cref="FaultyKernel"/> may do.</summary>
internal enum Fault
{
    /// <summary>It takes or gives less than it could.</summary>
    Short,

    /// <summary>A signal came before the call did anything.</summary>
    InterruptedBefore,

    /// <summary>A signal came while there was nothing to do.</summary>
    InterruptedAfter,

    /// <summary>A call would have to wait, and an event follows.</summary>
    Again,

    /// <summary>An event has flags that are not true.</summary>
    SpuriousFlags,

    /// <summary>The process has no descriptor for a new connection.</summary>
    NoDescriptors,

    /// <summary>A client gave up while it waited to be accepted.</summary>
    GaveUp,

    /// <summary>A ring takes no requests before completions are taken.</summary>
    Busy,

    /// <summary>A kernel thread does a request: it completes late, and after others.</summary>
    Asynchronous,

    /// <summary>A cancel finds nothing, although its request is there.</summary>
    Missed,
}
