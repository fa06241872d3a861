using NetCore.Core;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>How NetCore runs in a contestant: what may be chosen, its words, and how it is made.</summary>
/// <remarks>
/// The one place for a choice: what comes new gets a member here, a word in <see cref="Words"/>, what it does not go
/// with in <see cref="Missing"/>, its option in <see cref="NewTransport"/> or in the options that the contestant of
/// calls makes, and setups in <see cref="Threads"/> or <see cref="Applications"/>.
/// </remarks>
internal sealed record EngineSetup
{
    /// <summary>The one whose name is the bare one: it runs everywhere.</summary>
    public static readonly EngineSetup Default = new();

    /// <summary>What users get who choose nothing.</summary>
    public static readonly EngineSetup Usual = new()
    {
        Engine = OperatingSystem.IsLinux() ? Engine.Epoll : Engine.Sockets,
    };

    public Engine Engine { get; init; }

    /// <summary>What its threads do while nothing is ready.</summary>
    public WaitPolicy Wait { get; init; }

    /// <summary>Rings: each receive is a request, and none receives again and again.</summary>
    public bool SingleShot { get; init; }

    /// <summary>Where handlers run.</summary>
    public RpcLane Lane { get; init; }

    /// <summary>Where the code after an await of a call runs.</summary>
    public RpcContinuations Continuations { get; init; }

    /// <summary>The reactor belongs to a thread of the application, which does nothing but poll it.</summary>
    public bool AppOwned { get; init; }

    /// <summary>Both halves run with <see cref="Contenders.InlineCompletions"/>.</summary>
    public bool InlineCompletions { get; init; }

    /// <summary>What has to be in the environment of both halves.</summary>
    public IReadOnlyDictionary<string, string> Environment => InlineCompletions
        ? Contenders.InlineCompletions.Environment : new Dictionary<string, string>();

    /// <summary>Those with threads of their own.</summary>
    public static IReadOnlyList<EngineSetup> Threads { get; } =
    [
        Default,
        new() { Engine = Engine.Epoll },
        new() { Engine = Engine.Epoll, Wait = WaitPolicy.Adaptive },
        new() { Engine = Engine.Epoll, Wait = WaitPolicy.BusyPoll },
        new() { Engine = Engine.Uring },
        new() { Engine = Engine.Uring, SingleShot = true },
        new() { Engine = Engine.Uring, Wait = WaitPolicy.Adaptive },
        new() { Engine = Engine.Uring, Wait = WaitPolicy.BusyPoll },
    ];

    /// <summary>Those on a thread of the application, which polls without a pause.</summary>
    public static IReadOnlyList<EngineSetup> Applications { get; } =
    [
        new() { Engine = Engine.Epoll, Wait = WaitPolicy.BusyPoll, AppOwned = true },
        new() { Engine = Engine.Uring, Wait = WaitPolicy.BusyPoll, AppOwned = true },
    ];

    /// <summary>Those in which the bare transport takes part in a run.</summary>
    public static IReadOnlyList<EngineSetup> Transports { get; } = [.. Threads, .. Applications];

    /// <summary>
    /// Those in which calls take part: each with threads of its own with handlers on either lane, and on a thread of
    /// the application all on that thread.
    /// </summary>
    public static IReadOnlyList<EngineSetup> Calls { get; } =
    [
        .. Threads,
        .. Threads.Select(static one => one with { Lane = RpcLane.Inline }),
        .. Threads.Select(static one => one.OnReceivingThread),
        (Default with { InlineCompletions = true }).OnReceivingThread,
        .. Applications.Select(static one => one.OnReceivingThread),
    ];

    /// <summary>Those in which topics take part.</summary>
    public static IReadOnlyList<EngineSetup> Topics { get; } = [.. new[] { Default, Usual }.Distinct()];

    private EngineSetup OnReceivingThread =>
        this with { Lane = RpcLane.Inline, Continuations = RpcContinuations.Reactor };

    public bool IsUsual => this == Usual;

    /// <summary>For the choice of scenarios: one that looks for a while and then sleeps is one that sleeps.</summary>
    public WaitMode WaitMode => Wait == WaitPolicy.BusyPoll ? WaitMode.Spin : WaitMode.Block;

    /// <summary>Why it cannot be had; null when it can.</summary>
    /// <exception cref="UsageException">The environment has a slip, see <see cref="RingTrial"/>.</exception>
    public string? Missing => this switch
    {
        { Engine: not Engine.Sockets } when !OperatingSystem.IsLinux() => $"{EngineWord} is a part of Linux",
        { Engine: Engine.Uring } when RingTrial.Refusal() is { } refusal => refusal,
        { Engine: Engine.Sockets, Wait: not WaitPolicy.Blocking } => "the sockets engine waits as the runtime does",
        { Engine: not Engine.Sockets, InlineCompletions: true } => "completions are a matter of the sockets engine",
        { Engine: Engine.Sockets, AppOwned: true } => "the sockets engine has no reactors",
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
    } + (SingleShot ? ", a request for each receive" : "")
        + (InlineCompletions ? ", completions on the polling thread" : "")
        + (AppOwned ? ", on a thread of the application" : "")
        + (Lane == RpcLane.Inline ? ", handlers on the receiving thread" : "")
        + (Continuations == RpcContinuations.Reactor ? ", continuations too" : "");

    private string EngineWord => Engine switch
    {
        Engine.Epoll => "epoll",
        Engine.Uring => "uring",
        _ => "sockets",
    };

    private IEnumerable<string> Words
    {
        get
        {
            if (Engine != Default.Engine)
            {
                yield return EngineWord;
            }

            if (SingleShot)
            {
                yield return "single";
            }

            if (InlineCompletions)
            {
                yield return "completions";
            }

            if (AppOwned)
            {
                yield return "app";
            }

            if (Wait != Default.Wait)
            {
                yield return Wait == WaitPolicy.BusyPoll ? "spin" : "adaptive";
            }

            if (Lane != Default.Lane)
            {
                yield return "inline";
            }

            if (Continuations != Default.Continuations)
            {
                yield return "reactor";
            }
        }
    }

    /// <summary>Starts the engine; one for each half, which disposes it.</summary>
    public EngineTransport NewTransport()
    {
        if (AppOwned)
        {
            return PollingThread.Start(new AppReactorOptions
            {
                Wait = Wait,
                Engine = Engine == Engine.Uring ? TransportEngine.Uring : TransportEngine.Epoll,
            });
        }

        if (Engine == Engine.Sockets)
        {
            return new EngineTransport(World.Default, new SocketTransport(World.Default));
        }

        if (Engine == Engine.Uring)
        {
            var uring = new UringTransport(World.Default, new UringTransportOptions
            {
                Wait = Wait,
                MultishotReceive = !SingleShot,
            });
            return new EngineTransport(World.Default, uring, uring.Dispose, () => uring.Counters);
        }

        var epoll = new EpollTransport(World.Default, new EpollTransportOptions { Wait = Wait });
        return new EngineTransport(World.Default, epoll, epoll.Dispose, () => epoll.Counters);
    }
}
