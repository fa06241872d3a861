using NetCore.PubSub;
using NetCore.Ticker;

// A broker, a publisher and a live view of prices: in three processes, or all in one.
const string help = """
    Ticker: prices over topics, with last values and conflation.

      dotnet run --project samples/Ticker                      all three in this process, for 5 seconds
      dotnet run --project samples/Ticker -- broker ADDRESS    a broker, for example at tcp://127.0.0.1:7001
      dotnet run --project samples/Ticker -- publish ADDRESS   a publisher of prices
      dotnet run --project samples/Ticker -- view ADDRESS      a view; start as many as you like

    Each ends with Ctrl+C; --seconds N ends it earlier.
    """;

var arguments = args.ToList();
var seconds = TakeSeconds(arguments);
using var stop = new CancellationTokenSource();
if (seconds > 0)
{
    stop.CancelAfter(TimeSpan.FromSeconds(seconds));
}

Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

try
{
    switch (arguments)
    {
        case []:
            stop.CancelAfter(TimeSpan.FromSeconds(seconds > 0 ? seconds : 5));
            await using (var broker = Roles.MakeBroker())
            {
                var address = await broker.ListenAsync("tcp://127.0.0.1:0");
                await Task.WhenAll(Roles.PublishAsync(address, stop.Token), Roles.ViewAsync(address, stop.Token));
            }

            return 0;
        case ["broker", var at]:
            await using (var broker = Roles.MakeBroker())
            {
                Console.WriteLine($"Broker at {await broker.ListenAsync(at)} by {Roles.Engine}");
                await Until(stop.Token);
            }

            return 0;
        case ["publish", var at]:
            await Roles.PublishAsync(at, stop.Token);
            return 0;
        case ["view", var at]:
            await Roles.ViewAsync(at, stop.Token);
            return 0;
        case ["--help"] or ["-h"]:
            Console.WriteLine(help);
            return 0;
        default:
            Console.Error.WriteLine($"'{string.Join(' ', arguments)}' is not understood.");
            Console.Error.WriteLine(help);
            return 2;
    }
}
catch (Exception exception) when (exception is IOException or PubSubException)
{
    // Nobody is there, or the peer is no broker (an IOException each), or the connection to it has ended.
    Console.Error.WriteLine(exception.Message);
    return 1;
}

static double TakeSeconds(List<string> arguments)
{
    var index = arguments.IndexOf("--seconds");
    if (index < 0 || index + 1 >= arguments.Count || !double.TryParse(arguments[index + 1], out var seconds))
    {
        return 0;
    }

    arguments.RemoveRange(index, 2);
    return seconds;
}

static async Task Until(CancellationToken stop)
{
    var stopped = new TaskCompletionSource();
    await using var registration = stop.Register(stopped.SetResult);
    await stopped.Task;
}
