namespace NetCore.Bench;

/// <summary>Somebody to measure: a server, and who puts load on it.</summary>
/// <remarks>
/// Each has a small folder of its own under <c>perf/contestants</c> and an entry in <see cref="Roster"/>. One object
/// is used in one half of a pair only: either it listens, or it gives the drivers.
/// </remarks>
internal abstract class Contestant
{
    /// <summary>Why one that polls is left out where nobody does.</summary>
    public const string Polls = "it polls";

    /// <summary>Why one that sleeps is left out where both sides poll.</summary>
    public const string DoesNotPoll = "it does not poll";

    /// <summary>Why one without a broker is left out of topics.</summary>
    public const string NoTopics = "it has no topics";

    /// <summary>How command line, tables and JSON call it: lower case and dashes.</summary>
    public abstract string Name { get; }

    /// <summary>One line about what it is.</summary>
    public abstract string Description { get; }

    public abstract ContestantKind Kind { get; }

    /// <summary>Takes part in <c>run --quick</c>.</summary>
    public virtual bool IsQuick => false;

    /// <summary>How its server waits.</summary>
    public virtual WaitMode Wait => WaitMode.Block;

    /// <summary>Environment variables that its server process needs from its start on.</summary>
    public virtual IReadOnlyDictionary<string, string> ServerEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>The same for the process that drives it.</summary>
    public virtual IReadOnlyDictionary<string, string> ClientEnvironment { get; } = new Dictionary<string, string>();

    /// <summary>
    /// Why <paramref name="scenario"/> cannot or should not be run with it on this machine; null when it can.
    /// </summary>
    public abstract string? WhyNot(Scenario scenario);

    /// <summary>Starts a server in this process; called once for each address and service that it is to have.</summary>
    /// <param name="address"><c>tcp://host:port</c> (port 0: any free one) or <c>unix:///path</c>.</param>
    /// <param name="service">What it does with the bytes that come there.</param>
    public abstract Task<IServerHalf> ListenAsync(Uri address, Service service);

    /// <summary>Who makes the load of <paramref name="scenario"/> in the client process.</summary>
    public abstract ILoadDriver NewDriver(Scenario scenario);
}
