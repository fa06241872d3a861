// How a test program is run: it is watched by what it prints, and ended when it hangs or takes too long.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Threading;

// A machine may be many times slower than another and do other things besides, so time alone tells nothing: a hang is
// that no test has begun or ended for far longer than the longest test takes (20 s). The total is for what goes on for
// ever: the longest project takes a minute and a half alone on two cores, and ten on one that others use too.
sealed record TestLimits(TimeSpan Silence, TimeSpan Total);

sealed class TestRun
{
    // In the verbose reporter's lines; what a test prints itself does not look like this.
    private static readonly Regex Begins = new(@"^    (\S.*) \[STARTING\]$");
    private static readonly Regex Ends = new(@"^    (\S.*) \[FINISHED\] Time: [\d.,]+s$");

    private readonly ConcurrentDictionary<string, long> _running = new();
    private readonly ManualResetEventSlim _isRead = new();
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly Process _process;
    private long _progress;
    private int _ended;

    public TestRun(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        _process = Process.Start(start);
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
    }

    public int ExitCode => _process.ExitCode;

    // Null when it has ended by itself; else why it was ended.
    public string Wait(TestLimits limits)
    {
        while (!_process.WaitForExit(500))
        {
            var silence = _time.Elapsed - new TimeSpan(Interlocked.Read(ref _progress));
            var reason = silence > limits.Silence ? $"no test began or ended for {Minutes(limits.Silence)}"
                : _time.Elapsed > limits.Total ? $"ran for more than {Minutes(limits.Total)}" : null;
            if (reason is not null)
            {
                reason += $" and was ended; {_ended} tests had ended, {Running()}";
                Console.WriteLine($"error: it {reason}");
                Console.Out.Flush();
                HangReport.Write(_process);
                _process.Kill(entireProcessTree: true);
                _process.WaitForExit(10_000);
                return reason;
            }
        }

        // A process that it has left behind may hold on to its output, which then has no end.
        _isRead.Wait(5_000);
        return null;
    }

    private static string Minutes(TimeSpan time) => $"{time.TotalMinutes:0.#} minutes";

    private string Running()
    {
        var tests = _running.OrderBy(test => test.Value).Take(10)
            .Select(test => $"{test.Key} (for {(_time.Elapsed - new TimeSpan(test.Value)).TotalSeconds:0} s)").ToList();
        return tests.Count == 0 ? "none was running" : "running were: " + string.Join(", ", tests);
    }

    // All but the two lines of each test are passed on.
    private void Take(string line)
    {
        if (line is null)
        {
            _isRead.Set();
            return;
        }

        if (Begins.Match(line) is { Success: true } begins)
        {
            _running[begins.Groups[1].Value] = _time.Elapsed.Ticks;
        }
        else if (Ends.Match(line) is { Success: true } ends)
        {
            _running.TryRemove(ends.Groups[1].Value, out _);
            Interlocked.Increment(ref _ended);
        }
        else
        {
            Console.WriteLine(line);
            return;
        }

        Interlocked.Exchange(ref _progress, _time.Elapsed.Ticks);
    }
}

// What the threads of a program that hangs are doing. Nothing in here may fail or hang itself.
static class HangReport
{
    private const string Tool = "dotnet-stack";
    private const string Version = "10.0.750501";
    private const int MostProcesses = 4;

    public static void Write(Process process)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            var all = Tree(process.Id);
            all.ForEach(WriteThreads);

            // Restored only when it is needed, so that no build depends on it.
            var folder = System.IO.Path.Combine("artifacts", "tools");
            var tool = System.IO.Path.Combine(folder, Tool);
            if (!System.IO.File.Exists(tool))
            {
                Run(TimeSpan.FromMinutes(2),
                    "dotnet", "tool", "install", Tool, "--version", Version, "--tool-path", folder);
            }

            foreach (var id in all.Where(IsManaged).Take(MostProcesses))
            {
                Console.WriteLine($"Stacks of process {id}:");
                Run(TimeSpan.FromMinutes(1), tool, "report", "-p", $"{id}");
            }
        }
        catch (Exception exception)
        {
            Console.WriteLine($"There is no more to tell of what it did: {exception.Message}");
        }

        Console.Out.Flush();
    }

    private static List<int> Tree(int id) => [id, .. Children(id).SelectMany(Tree)];

    private static IEnumerable<int> Children(int id) => System.IO.Directory.GetDirectories($"/proc/{id}/task")
        .SelectMany(task => Read($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(int.Parse);

    private static bool IsManaged(int id) =>
        Read($"/proc/{id}/maps").Contains("libcoreclr.so", StringComparison.Ordinal);

    // State, name and place in the kernel of each thread: R is running or wants to, S sleeps, D waits for a device.
    private static void WriteThreads(int id)
    {
        Console.WriteLine($"Process {id}: {Read($"/proc/{id}/cmdline").Replace('\0', ' ')}");
        foreach (var task in System.IO.Directory.GetDirectories($"/proc/{id}/task"))
        {
            var status = Read($"{task}/stat");
            var state = status.Length == 0 ? "?" : status[(status.LastIndexOf(')') + 1)..].TrimStart()[..1];
            Console.WriteLine($"  {state} {Read($"{task}/comm").Trim()}, {Read($"{task}/wchan")}");
        }
    }

    private static string Read(string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is System.IO.IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return "";
        }
    }

    private static void Run(TimeSpan limit, string file, params string[] arguments)
    {
        using var process = Process.Start(file, arguments);
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
