using System.Globalization;
using System.Numerics;

namespace NetCore.Fuzz.Driver;

/// <summary>What a campaign does.</summary>
internal sealed record CampaignOptions
{
    public required FuzzTarget[] Targets { get; init; }

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(4);

    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the choices of all workers follow from; printed, so that a run can be had again.</summary>
    public ulong Seed { get; init; } = (ulong)Random.Shared.NextInt64();

    /// <summary>Where findings and the files of the workers lie.</summary>
    public string Folder { get; init; } = Path.Combine("artifacts", "fuzz");

    /// <summary>Processor time without an execution after which a worker is ended and its input judged again.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Processor time for another process to judge a suspect, and for a worker until its first execution: it runs an
    /// input four times, after the start of the runtime.
    /// </summary>
    public TimeSpan JudgeLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Time of the wall between two executions, for what waits and uses no processor: far more than a busy machine
    /// keeps from it.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Time of the wall for the start of the runtime and what comes first: the first execution, or all of a judgement.
    /// </summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Findings after which the campaign is over: the first ones are to be mended.</summary>
    public int MostFindings { get; init; } = 10;

    /// <summary>Reads what stands behind <c>run</c>.</summary>
    /// <exception cref="UsageException">It says nothing that can be done.</exception>
    public static CampaignOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new CampaignOptions { Targets = NetCore.Fuzz.Targets.All };
        for (; !arguments.IsEmpty; arguments = arguments[2..])
        {
            if (arguments.Length == 1)
            {
                throw new UsageException($"There is no '{arguments[0]}', or nothing stands behind it; see --help.");
            }

            var value = arguments[1];
            options = arguments[0] switch
            {
                "--target" => options with { Targets = [NetCore.Fuzz.Targets.Get(value)] },
                "--folder" => options with { Folder = value },
                "--minutes" => options with { Time = TimeSpan.FromMinutes(Number(arguments, 0.0, 100_000.0)) },
                "--workers" => options with { Workers = Number(arguments, 1, 1000) },
                "--seed" => options with { Seed = Number(arguments, ulong.MinValue, ulong.MaxValue) },
                _ => throw new UsageException($"There is no '{arguments[0]}'; see --help."),
            };
        }

        return options;
    }

    private static T Number<T>(ReadOnlySpan<string> arguments, T least, T most)
        where T : INumber<T> =>
        T.TryParse(arguments[1], CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw new UsageException($"'{arguments[1]}' is no number for {arguments[0]}: {least} to {most}.");
}
