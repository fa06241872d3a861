using System.Diagnostics;
using System.Globalization;

namespace NetCore.Fuzz.Driver;

/// <summary>One worker at a time, and after a finding the next: the place of one core.</summary>
internal sealed class WorkerSlot : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly CampaignOptions _options;
    private readonly string _path;
    private readonly WorkerFile _file;
    private readonly int _index;
    private readonly long[] _counts;
    private Child? _child;
    private ulong _starts;
    private long _executions;
    private (long At, TimeSpan Used) _progress;

    public WorkerSlot(CampaignOptions options, int index)
    {
        _options = options;
        _index = index;
        _path = Path.Combine(options.Folder, $"worker-{index}");

        // A file of its own: the worker of a driver that was killed may need a moment to end, and has the old one.
        File.Delete(_path);
        _file = new WorkerFile(_path, create: true);
        _counts = new long[options.Targets.Length];
    }

    /// <summary>Executions of one target, over all workers of the slot.</summary>
    public long ExecutionsOf(int target) => _counts[target] + _file.ExecutionsOf(target);

    public long Executions => Enumerable.Range(0, _counts.Length).Sum(ExecutionsOf);

    /// <summary>Starts the first worker, or the next one.</summary>
    public void Start(TimeSpan time)
    {
        _child?.Dispose();
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += _file.ExecutionsOf(i);
        }

        using var empty = new WorkerFile(_path, create: true);
        var seed = _options.Seed + (ulong)_index + (1000 * _starts++);
        _child = new Child(
            "work", _path, $"{seed}", time.TotalSeconds.ToString(CultureInfo.InvariantCulture),
            string.Join(',', _options.Targets.Select(target => target.Name)));
        _executions = -1;
        _progress = (Stopwatch.GetTimestamp(), default);
    }

    /// <summary>Waits for a while.</summary>
    /// <param name="time">How long.</param>
    /// <param name="finding">What ended the worker, or null; then <see cref="Start"/> again.</param>
    /// <returns>True when the worker has ended.</returns>
    public bool Wait(TimeSpan time, out Finding? finding)
    {
        finding = null;
        if (_child!.WaitForExit(time))
        {
            finding = _child.ExitCode == 0 ? null : Judge(_child.ExitCode == Worker.Found
                ? _child.Text : $"The process ended with {_child.ExitCode}.\n{_child.Text}");
            return true;
        }

        if (_file.Executions != _executions)
        {
            _executions = _file.Executions;
            _progress = (Stopwatch.GetTimestamp(), _child.ProcessorTime);
            return false;
        }

        // Before the first execution the runtime starts, which a slow machine may take any time for.
        var started = _executions > 0;
        var stall = started ? _options.Stall : _options.JudgeLimit;
        if (!IsLate(_child, _progress, stall, started ? _options.Patience : _options.StartPatience))
        {
            return false;
        }

        // Processor time that was burnt is a hang, also when it needs inputs before this one and another process does
        // not repeat it. Without, it is one, or a machine that had other things to do: another process tells.
        var burnt = _child.ProcessorTime - _progress.Used >= stall;
        _child.Kill();
        var suspect = Judge($"It has not ended after {stall.TotalSeconds} s.");
        finding = burnt || suspect.Repeats ? suspect : null;
        return true;
    }

    public void Dispose()
    {
        _child?.Dispose();
        _file.Dispose();
    }

    private Finding Judge(string text)
    {
        var (target, input) = _file.LastInput();
        var finding = new Finding(_options.Targets[target], input, text, Repeats: false);
        var path = finding.Save(Path.Combine(_options.Folder, "findings"));
        using var judge = new Child("replay", finding.Target.Name, path);
        var start = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
        var ended = false;
        while (!ended && !IsLate(judge, start, _options.JudgeLimit, _options.StartPatience))
        {
            ended = judge.WaitForExit(Look);
        }

        return finding with { Repeats = !ended || judge.ExitCode != 0 };
    }

    private static bool IsLate(Child child, (long At, TimeSpan Used) since, TimeSpan limit, TimeSpan patience) =>
        child.ProcessorTime - since.Used >= limit || Stopwatch.GetElapsedTime(since.At) >= patience;
}
