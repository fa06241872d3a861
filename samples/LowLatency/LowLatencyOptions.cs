using System.Globalization;
using NetCore.Transport;

namespace NetCore.LowLatency;

/// <summary>What the command line asks for.</summary>
internal sealed record LowLatencyOptions
{
    public const string Help = """
        The round trip of a call of 32 bytes, one call at a time, in two ways:

          owned       client and server each poll a reactor of their own (AppReactor) on a thread of their own
          ordinary    the same call on the default transport, whose reactors sleep while nothing is to be done

          --calls N        calls to measure in each way (default: 100000); a tenth as many go before
          --address URI    where the server listens (default: tcp://127.0.0.1:0)
          --wait NAME      blocking, adaptive or busypoll: what the owned reactors do while nothing is ready (default:
                           busypoll with four processors or more, else blocking: two of them spin beside the rest);
                           block and spin are other names of the first and the last
          --engine NAME    epoll or uring: what the owned reactors run on (default: epoll); the ordinary way has the
                           engine of NETCORE_TRANSPORT
          --help           this text
        """;

    public int Calls { get; private init; } = 100_000;

    public string Address { get; private init; } = "tcp://127.0.0.1:0";

    public WaitPolicy Wait { get; private init; } =
        Environment.ProcessorCount >= 4 ? WaitPolicy.BusyPoll : WaitPolicy.Blocking;

    /// <summary>Of the owned reactors.</summary>
    public TransportEngine Engine { get; private init; }

    /// <summary>How each owned reactor works.</summary>
    public AppReactorOptions Reactor => new() { Wait = Wait, Engine = Engine };

    /// <summary>The address in words.</summary>
    public string Place =>
        Address.EndsWith(":0", StringComparison.Ordinal) ? $"{Address[..^2]}, any free port" : Address;

    /// <summary>The wait as the option has it.</summary>
    public string WaitName => Wait.ToString().ToLowerInvariant();

    /// <summary>Reads the arguments.</summary>
    /// <returns>What is wrong with them, or null.</returns>
    public static string? Parse(string[] args, out LowLatencyOptions options)
    {
        options = new LowLatencyOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            switch (args[i], i + 1 < args.Length ? args[i + 1] : "")
            {
                case ("--calls", var text)
                    when int.TryParse(text, CultureInfo.InvariantCulture, out var calls) && calls > 0:
                    options = options with { Calls = calls };
                    break;
                case ("--address", { Length: > 0 } address):
                    options = options with { Address = address };
                    break;
                case ("--wait", { Length: > 0 } text) when WaitOf(text) is { } wait:
                    options = options with { Wait = wait };
                    break;
                case ("--engine", { Length: > 0 } text) when EngineOf(text) is { } engine:
                    options = options with { Engine = engine };
                    break;
                default:
                    return $"'{string.Join(' ', args.Skip(i).Take(2))}' is not understood.";
            }
        }

        return null;
    }

    private static TransportEngine? EngineOf(string text) => text.ToLowerInvariant() switch
    {
        "epoll" => TransportEngine.Epoll,
        "uring" => TransportEngine.Uring,
        _ => null,
    };

    // The names of the benchmark suite will do too.
    private static WaitPolicy? WaitOf(string text) => text.ToLowerInvariant() switch
    {
        "blocking" or "block" => WaitPolicy.Blocking,
        "adaptive" => WaitPolicy.Adaptive,
        "busypoll" or "spin" => WaitPolicy.BusyPoll,
        _ => null,
    };
}
