using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>How NetCore runs in a contestant: what may be chosen, its words, and how it is made.</summary>
/// <remarks>
/// The one place for a choice: what comes new, where continuations run or who owns the reactors for example, gets a
/// member here, a word in <see cref="Words"/>, what it does not go with in <see cref="Missing"/>, its option in
/// <see cref="NewTransport"/> or in the options that the contestant of calls makes, and setups in <see cref="All"/>.
/// </remarks>
internal sealed record EngineSetup
{
    public static readonly EngineSetup Default = new();

    public Engine Engine { get; init; }

    /// <summary>What its threads do while nothing is ready.</summary>
    public WaitPolicy Wait { get; init; }

    public Lane Lane { get; init; }

    /// <summary>Those that take part in a run.</summary>
    public static IReadOnlyList<EngineSetup> All { get; } =
    [
        Default,
        new() { Engine = Engine.Epoll },
        new() { Engine = Engine.Epoll, Wait = WaitPolicy.Adaptive },
        new() { Engine = Engine.Epoll, Wait = WaitPolicy.BusyPoll },
    ];

    public bool IsDefault => this == Default;

    /// <summary>For the choice of scenarios: one that looks for a while and then sleeps is one that sleeps.</summary>
    public WaitMode WaitMode => Wait == WaitPolicy.BusyPoll ? WaitMode.Spin : WaitMode.Block;

    /// <summary>Why it cannot be had; null when it can.</summary>
    public string? Missing => this switch
    {
        { Engine: Engine.Epoll } when !OperatingSystem.IsLinux() => "epoll is a part of Linux",
        { Engine: Engine.Sockets, Wait: not WaitPolicy.Blocking } => "the sockets engine waits as the runtime does",
        { Lane: Lane.Inline } => "not yet: handlers run on the pool so far",
        _ => null,
    };

    /// <summary>
    /// A name for the command line: that of <paramref name="contestant"/> alone with the default, else with what
    /// differs from it.
    /// </summary>
    public string Name(string contestant) => string.Join('-', Words.Prepend(contestant));

    /// <summary>In words, for a description.</summary>
    public string Description => $"engine {EngineWord}" + Wait switch
    {
        WaitPolicy.Adaptive => ", looks for a while before it sleeps",
        WaitPolicy.BusyPoll => ", polls",
        _ => "",
    } + (Lane == Lane.Inline ? ", handlers on the receiving thread" : "");

    private string EngineWord => Engine == Engine.Epoll ? "epoll" : "sockets";

    private IEnumerable<string> Words
    {
        get
        {
            if (Engine != Default.Engine)
            {
                yield return EngineWord;
            }

            if (Wait != Default.Wait)
            {
                yield return Wait == WaitPolicy.BusyPoll ? "spin" : "adaptive";
            }

            if (Lane != Default.Lane)
            {
                yield return "inline";
            }
        }
    }

    /// <summary>Starts the engine; one for each half, which disposes it.</summary>
    public EngineTransport NewTransport() => new(Engine == Engine.Epoll
        ? new EpollTransport(World.Default, new EpollTransportOptions { Wait = Wait })
        : new SocketTransport(World.Default));
}
