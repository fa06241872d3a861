using System.Diagnostics;
using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Driver;

/// <summary>The process that runs mutated inputs, until its time is over or something is found.</summary>
internal sealed class Worker
{
    /// <summary>Exit code of a worker that has found something and has written what to its error output.</summary>
    public const int Found = 3;

    private const int Confirmations = 3;

    // What takes frames has the most states and is the slowest, a hundred times slower than a codec.
    private const int TurnsOfFrames = 4;

    // Long enough that a target's code stays in the caches, short enough that each has its turn many times a minute.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest processor time that an input may take, if it takes that in each of several runs.</summary>
    public static readonly TimeSpan HangLimit = TimeSpan.FromMilliseconds(50);

    private readonly FuzzTarget[] _targets;
    private readonly Mutator[] _mutators;
    private readonly WorkerFile.Mapped _file;
    private readonly Draft _draft = new();
    private readonly SeededRandomSource _cases;
    private readonly int[] _turns;
    private readonly int _first;

    public Worker(FuzzTarget[] targets, WorkerFile file, ulong seed)
    {
        _targets = targets;
        _mutators = [.. targets.Select(target => new Mutator(target, Corpus.Of(target)))];
        _file = file.Map();
        _cases = new SeededRandomSource(seed);
        _turns = [.. Enumerable.Range(0, targets.Length)
            .SelectMany(index => Enumerable.Repeat(index, targets[index].Framed ? TurnsOfFrames : 1))];
        _first = (int)(seed % (ulong)_turns.Length);
    }

    /// <summary>Runs targets in turn.</summary>
    /// <returns>What was found, or null.</returns>
    public string? Run(TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        for (var turn = _first; ; turn++)
        {
            var target = _turns[turn % _turns.Length];
            for (var turnStart = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(turnStart) < Turn;)
            {
                if (Stopwatch.GetElapsedTime(start) >= time)
                {
                    return null;
                }

                if (RunOne(target) is { } found)
                {
                    return found;
                }
            }
        }
    }

    /// <summary>
    /// Runs one input as often as a suspicion of a hang has to be confirmed. The suspicion comes from the clock of the
    /// wall, which costs little to ask and is never behind the thread's; the runs that confirm it are held by that.
    /// </summary>
    /// <returns>What is wrong with it, or null.</returns>
    public static string? Judge(FuzzTarget target, ReadOnlyMemory<byte> input)
    {
        for (var run = 0; run <= Confirmations; run++)
        {
            var isSuspected = run > 0;
            var used = isSuspected ? ProcessorTime.OfThread : default;
            var start = Stopwatch.GetTimestamp();
            try
            {
                target.Run(input);
            }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                return exception.ToString();
            }

            var time = isSuspected ? ProcessorTime.OfThread - used : Stopwatch.GetElapsedTime(start);
            if (time <= HangLimit)
            {
                return null;
            }
        }

        return $"It takes more than {HangLimit.TotalMilliseconds} ms, and so in {Confirmations} more runs.";
    }

    private string? RunOne(int target)
    {
        var chance = new SeededRandomSource(_cases.NextUInt64());
        _mutators[target].Fill(_draft, chance);
        var input = _file.Place(target, _draft.Bytes, atStart: chance.Next(8) == 0);
        var found = Judge(_targets[target], input);
        _file.Count(target);
        return found;
    }
}
