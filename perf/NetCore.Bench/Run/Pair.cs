namespace NetCore.Bench;

/// <summary>A server and a client process of one contestant, which measure one cell after the other.</summary>
internal sealed class Pair : IDisposable
{
    // Start of a runtime and a first connection on a machine that is busy; or ten thousand connections.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<(bool Unix, Service Service), Uri> _addresses = [];
    private readonly List<string> _paths = [];
    private readonly Contestant _contestant;
    private readonly Cores _cores;
    private readonly Spinners _spinners;
    private readonly CancellationToken _stop;
    private readonly Child _server;
    private readonly Child _client;

    public Pair(
        Contestant contestant, IReadOnlyList<Scenario> scenarios, PairSettings settings, Spinners spinners,
        CancellationToken stop)
    {
        (_contestant, _cores, _spinners, _stop) = (contestant, settings.Cores, spinners, stop);
        var keys = scenarios.Select(Key).Distinct().ToList();
        _server = Child.Start(new ChildStart($"{contestant.Name} server", [
            "serve", contestant.Name, "--control",
            .. keys.SelectMany(key => (string[])[OptionOf(key.Service), NewAddress(key.Unix)]),
        ])
        {
            Core = _cores.Server,
            Processors = settings.Processors,
            Environment = settings.Environment(contestant.ServerEnvironment),
        });
        try
        {
            foreach (var key in keys)
            {
                _addresses[key] = new Uri(_server.Expect(ControlLines.Listening, Patience, stop));
            }

            // The first answer costs a tenth of a second to compile, and the last tier of that code is made a moment
            // later, on the core of the server: it belongs before the warm-up and not into the first cell.
            AskStats(collected: false);

            _client = Child.Start(new ChildStart($"{contestant.Name} client", ["client", contestant.Name])
            {
                Core = _cores.Client,
                Processors = settings.Processors,
                Environment = settings.Environment(contestant.ClientEnvironment),
            });
        }
        catch
        {
            _server.Dispose();
            throw;
        }
    }

    /// <summary>Puts load on until the rate is steady or the time for that is over; then measure or release.</summary>
    /// <exception cref="BenchException">A half failed; the pair is of no use any more.</exception>
    public WarmUpResult WarmUp(CellRequest request)
    {
        var scenario = request.Scenario;
        _spinners.Turn(scenario.KeepAwake);
        _client.Send(ControlLines.Cell + Json.Write(request with { Address = _addresses[Key(scenario)] }));
        return Json.Read<WarmUpResult>(
            _client.Expect(ControlLines.Warm, (request.WarmUp.Most * 2) + Patience, _stop));
    }

    /// <summary>Measures the cell that has been warmed up; then release it.</summary>
    /// <exception cref="BenchException">A half failed; the pair is of no use any more.</exception>
    public CellFigures Measure(CellRequest request, WarmUpResult warm)
    {
        // The server is asked when no call is under way, so that what it used belongs to exactly the calls counted.
        var memory = request.Scenario.Traffic == Traffic.Idle;
        var before = AskStats(memory);
        var own = new OwnCpu(_cores, _spinners);
        _client.Send(ControlLines.Go);
        var load = Json.Read<LoadResult>(_client.Expect(ControlLines.Result, (request.Measure * 3) + Patience, _stop));
        var clientTime = TimeSpan.FromMicroseconds(load.Usage.CpuMicroseconds);
        var after = AskStats(memory);
        var server = after.Since(before);
        var disturbance = own.Disturbance(TimeSpan.FromMicroseconds(server.CpuMicroseconds), clientTime);
        return load.Operations > 0
            ? new CellFigures(warm, load, server, disturbance)
            {
                ServerResidentBytes = after.ResidentBytes, Held = after.Held,
            }
            : throw new BenchException("not one request was answered");
    }

    /// <summary>Ends the cell, measured or not.</summary>
    public void Release()
    {
        _client.Send(ControlLines.Release);
        _client.Expect(ControlLines.Released, Patience, _stop);
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _paths.ForEach(File.Delete);
    }

    private static (bool Unix, Service Service) Key(Scenario scenario) =>
        (scenario.Unix, scenario.Traffic == Traffic.Bulk ? Service.Sink : Service.Echo);

    private static string OptionOf(Service service) => service == Service.Sink ? "--sink" : "--listen";

    private string NewAddress(bool unix)
    {
        if (!unix)
        {
            return "tcp://127.0.0.1:0";
        }

        var path = Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.sock");
        _paths.Add(path);
        return $"unix://{path}";
    }

    private ProcessUsage AskStats(bool collected)
    {
        _server.Send(collected ? ControlLines.AskCollectedStats : ControlLines.AskStats);
        return Json.Read<ProcessUsage>(_server.Expect(ControlLines.Stats, Patience, _stop));
    }
}
