using NetCore.Bench.Contenders;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Bench;

/// <summary>
/// Whose half <c>serve</c> and <c>load</c> start: a contestant's, or NetCore's own by the short names <c>echo</c> and
/// <c>rpc</c> and the options that choose how it runs.
/// </summary>
internal sealed class OurHalf(string command, string name)
{
    private EngineSetup _setup = EngineSetup.Usual;

    private bool IsShort => name is "echo" or "rpc";

    // The load of an echo is made without NetCore.
    private bool IsFloor => command == "load" && name == "echo";

    /// <summary>The one that the first argument of <paramref name="command"/> names.</summary>
    /// <exception cref="UsageException">It names none.</exception>
    public static OurHalf First(CommandLine line, string command) =>
        line.TryNext(out var name) && !name.StartsWith('-')
            ? new OurHalf(command, name)
            : throw new UsageException($"Say whose half: {command} echo, {command} rpc or {command} CONTESTANT.");

    /// <summary>Takes an option with its value.</summary>
    /// <exception cref="UsageException">There is no such option or value, or it does not belong here.</exception>
    public void Take(string option, CommandLine line)
    {
        _setup = option switch
        {
            "--engine" => _setup with
            {
                Engine = line.OneOf(option, "sockets", "epoll", "uring") switch
                {
                    "epoll" => Engine.Epoll,
                    "uring" => Engine.Uring,
                    _ => Engine.Sockets,
                },
            },
            "--lane" => _setup with
            {
                Lane = line.OneOf(option, "pool", "inline") == "inline" ? RpcLane.Inline : RpcLane.Pool,
            },
            "--continuations" => _setup with
            {
                Continuations = line.OneOf(option, "pool", "reactor") == "reactor"
                    ? RpcContinuations.Reactor : RpcContinuations.Pool,
            },
            "--wait" => _setup with
            {
                Wait = WaitOf(line.OneOf(option, "block", "adaptive", "spin", "blocking", "busypoll")),
            },
            _ => throw CommandLine.Unknown(option),
        };
        if (!IsShort)
        {
            throw new UsageException($"{option} goes with echo and rpc; '{name}' names a contestant that has its own.");
        }

        if (IsFloor)
        {
            throw new UsageException(
                $"{option} goes with load rpc: load echo makes raw system calls, whatever the server runs on.");
        }
    }

    /// <summary>After the last option.</summary>
    /// <exception cref="UsageException">There is no such contestant, or the options cannot be had.</exception>
    public Contestant Contestant()
    {
        if (!IsShort)
        {
            return Roster.Get(name);
        }

        // In the words of the options, which are what can be changed.
        return _setup switch
        {
            { Missing: { } reason, Engine: Engine.Uring } => throw new UsageException(
                $"--engine uring cannot run here: {reason}; take --engine epoll.", isExplained: true),
            { Missing: { } reason } => throw new UsageException($"{name} cannot run like that: {reason}."),
            _ => name == "echo" ? new NetCoreEchoContestant(_setup) : new NetCoreContestant(_setup),
        };
    }

    private static WaitPolicy WaitOf(string word) => word switch
    {
        "adaptive" => WaitPolicy.Adaptive,
        "spin" or "busypoll" => WaitPolicy.BusyPoll,
        _ => WaitPolicy.Blocking,
    };
}
