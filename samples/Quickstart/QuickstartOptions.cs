using System.Globalization;
using NetCore.Rpc;
using NetCore.Transport;

namespace NetCore.Quickstart;

/// <summary>What the command line asks for.</summary>
internal sealed record QuickstartOptions
{
    public const string Help = """
        NetCore quickstart: a file service, a client that verifies every byte, and a look at the speed of small calls.

        With no argument it starts a server process and a client process, first on a Unix domain socket, then on
        loopback TCP. Exit code 0 only when every hash matched.

          --root DIR       the tree to serve, read only (default: this repository); skipped are links, pipes and the
                           like, names that are not UTF-8, and .git, bin and obj
          --calls N        small calls to make in all (default: 100000; 0: none): half of them on each of the two
                           transports, there a fifth one after the other and the rest 64 at a time
          --listen URI     only the server, for example tcp://*:7000 or unix:///tmp/files.sock;
                           Ctrl-C or SIGTERM stops it in order
          --connect URI    only the client, against such a server, here or on another host
          --watch DIR      with --listen: the server publishes which files change in this directory, to topic
                           files.changed
          --scratch DIR    with --connect: the client writes a file into this directory, which the server watches, and
                           waits until it is told; the demo makes one of its own
          --engine NAME    auto (default), sockets, epoll or uring: what moves the bytes, of both halves;
                           the environment variable NETCORE_TRANSPORT overrides it
          --wait NAME      blocking (default), adaptive or busypoll: what an epoll or io_uring reactor does while
                           nothing is ready; busypoll takes a whole core for each process; block and spin are
                           other names of the first and the last
          --lane NAME      pool (default) or inline: where the server's methods start; inline saves a hop for each small
                           call, and reads of files then hold up the thread that receives
          --help           this text
        """;

    private static readonly Dictionary<string, string> Values = new()
    {
        ["--root"] = "a directory",
        ["--listen"] = "a URI such as tcp://*:7000 or unix:///tmp/files.sock",
        ["--connect"] = "a URI such as tcp://127.0.0.1:7000 or unix:///tmp/files.sock",
        ["--calls"] = "a whole number, 0 or more",
        ["--watch"] = "a directory",
        ["--scratch"] = "a directory",
        ["--engine"] = "auto, sockets, epoll or uring",
        ["--wait"] = "blocking, adaptive or busypoll",
        ["--lane"] = "pool or inline",
    };

    public string? Root { get; private init; }

    public string? Listen { get; private init; }

    public string? Connect { get; private init; }

    /// <summary>Where the server looks for changes; null: nowhere.</summary>
    public string? Watch { get; private init; }

    /// <summary>Where the client makes one; null: nowhere.</summary>
    public string? Scratch { get; private init; }

    public int Calls { get; private init; } = 100_000;

    public TransportOptions Transport { get; private init; } = new();

    /// <summary>Where the server's methods start; null leaves it to each of them.</summary>
    public RpcLane? Lane { get; private init; }

    public bool ShowHelp { get; private init; }

    /// <summary>The server stops when its standard input ends: set by the demo for its children.</summary>
    public bool StopWithInput { get; private init; }

    /// <summary>What the halves of the demo are told of the transport.</summary>
    public string[] TransportArguments => ["--engine", $"{Transport.Engine}", "--wait", $"{Transport.Wait}"];

    /// <summary>What the server of the demo is told besides.</summary>
    public string[] LaneArguments => Lane is { } lane ? ["--lane", $"{lane}"] : [];

    /// <summary>Reads the arguments.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    public static string? Parse(string[] args, out QuickstartOptions options)
    {
        options = new QuickstartOptions();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] is "--help" or "-h")
            {
                options = options with { ShowHelp = true };
                continue;
            }

            if (args[i] == "--stop-with-input")
            {
                options = options with { StopWithInput = true };
                continue;
            }

            var name = args[i];
            if (!Values.TryGetValue(name, out var takes))
            {
                return $"'{name}' is no option.";
            }

            // No value looks like an option: what follows is the next one, and this one's value was forgotten.
            if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                return $"{name} needs a value: {takes}.";
            }

            var value = args[++i];
            switch (name)
            {
                case "--root":
                    options = options with { Root = value };
                    break;
                case "--listen":
                    options = options with { Listen = value };
                    break;
                case "--connect":
                    options = options with { Connect = value };
                    break;
                case "--watch":
                    options = options with { Watch = value };
                    break;
                case "--scratch":
                    options = options with { Scratch = value };
                    break;
                case "--calls" when int.TryParse(value, CultureInfo.InvariantCulture, out var calls) && calls >= 0:
                    options = options with { Calls = calls };
                    break;
                case "--engine" when TryName(value, out TransportEngine engine):
                    options = options with { Transport = options.Transport with { Engine = engine } };
                    break;
                case "--wait" when TryWait(value, out var wait):
                    options = options with { Transport = options.Transport with { Wait = wait } };
                    break;
                case "--lane" when TryName(value, out RpcLane lane):
                    options = options with { Lane = lane };
                    break;
                default:
                    return $"'{name} {value}' is not understood: {name} takes {takes}.";
            }
        }

        return options switch
        {
            { ShowHelp: true } => null,
            { Listen: not null, Connect: not null } => "Give --listen or --connect, not both.",
            { Watch: not null, Listen: null } => "--watch goes with --listen.",
            { Scratch: not null, Connect: null } => "--scratch goes with --connect.",
            _ => null,
        };
    }

    // The names of the benchmark suite will do too.
    private static bool TryWait(string text, out WaitPolicy value) => TryName(
        text.ToLowerInvariant() switch { "block" => "blocking", "spin" => "busypoll", var other => other }, out value);

    // Numbers are no names.
    private static bool TryName<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && char.IsLetter(text[0]) && Enum.IsDefined(value);
}
