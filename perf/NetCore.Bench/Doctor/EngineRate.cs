using NetCore.Bench.Contenders;
using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Doctor;

/// <summary>The engines of NetCore that have reactors, one against the other: an echo on 64 connections.</summary>
/// <remarks>
/// They take turns, so that a slow second of the machine hits both. One reactor on a core of its own serves the load
/// generator of the suite on another; what a request takes is the reciprocal of the rate.
/// </remarks>
internal static class EngineRate
{
    private const int Connections = 64;
    private const int Rounds = 5;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(400);

    /// <summary>The measurement of an engine.</summary>
    public static string NameOf(string engine) => $"NetCore on {engine}, a request of {Connections} connections";

    public static IReadOnlyList<Measurement> All(CorePair cores)
    {
        var runs = new List<Run>();
        try
        {
            foreach (var setup in EngineSetup.Transports.Where(static one =>
                one is { Engine: not Engine.Sockets, Wait: WaitPolicy.Blocking, SingleShot: false }))
            {
                runs.Add(new Run(setup, cores));
            }

            runs.ForEach(static run => run.Load(WarmUp, isMeasured: false));
            for (var i = 0; i < Rounds; i++)
            {
                runs.ForEach(static run => run.Load(Time, isMeasured: true));
            }

            return [.. runs.Select(static run => run.Result)];
        }
        finally
        {
            runs.ForEach(static run => run.Dispose());
        }
    }

    private sealed class Run : IDisposable
    {
        private readonly CorePair _cores;
        private readonly string _name;
        private readonly List<double> _rates = [];
        private IServerHalf? _server;
        private FloorDriver? _driver;
        private string? _failure;

        public Run(EngineSetup setup, CorePair cores)
        {
            _cores = cores;
            var engine = setup.Engine.ToString().ToLowerInvariant();
            _name = NameOf(engine);
            _failure = setup.Missing;
            Try(cores.First, () => _server = new NetCoreEchoContestant(setup)
                .ListenAsync(new Uri("tcp://127.0.0.1:0"), Service.Echo).GetAwaiter().GetResult());
            Try(cores.Second, () =>
            {
                _driver = new FloorDriver();
                _driver.Connect(_server!.Address, new LoadShape(
                    Traffic.Echo, Connections, 1, EngineCost.RequestBytes, 0, WaitMode.Block, TimeSpan.Zero));
            });
        }

        public Measurement Result => _failure is not null
            ? Measurement.Unknown(_name, _failure)
            : new Measurement(_name, 1e9 / _rates.Order().ElementAt(Rounds / 2), null, "one reactor, 32 bytes");

        public void Load(TimeSpan time, bool isMeasured) => Try(_cores.Second, () =>
        {
            var rate = _driver!.Run(new Stretch(time, 0, new LatencyHistogram())).PerSecond;
            if (isMeasured)
            {
                _rates.Add(rate);
            }
        });

        public void Dispose()
        {
            _driver?.Dispose();
            _server?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        private void Try(int core, Action run)
        {
            try
            {
                if (_failure is null)
                {
                    PinnedThread.Run(core, "engine", run);
                }
            }
            catch (BenchException e)
            {
                _failure = RingTrial.Words(e.InnerException ?? e);
            }
        }
    }
}
