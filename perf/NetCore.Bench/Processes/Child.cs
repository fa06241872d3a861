using System.Collections.Concurrent;
using System.Diagnostics;

namespace NetCore.Bench;

/// <summary>
/// A half of a pair as a process of its own; disposing it ends it, by force when it does not end by itself.
/// </summary>
/// <remarks>Closing its standard input tells it to stop, so it ends too when this process just dies.</remarks>
internal sealed class Child : IDisposable
{
    // A server gives its connections a second to end; the rest is for a machine that is busy.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    private const int KeptErrorLines = 20;

    private readonly string _name;
    private readonly Process _process;
    private readonly BlockingCollection<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = new();

    private Child(string name, Process process)
    {
        _name = name;
        _process = process;

        // The readers are taken here: the process object may be disposed before the threads have started.
        var output = process.StandardOutput;
        var errors = process.StandardError;
        new Thread(() => ReadOutput(output)) { IsBackground = true, Name = name + " output" }.Start();
        new Thread(() => ReadErrors(errors)) { IsBackground = true, Name = name + " errors" }.Start();
    }

    /// <summary>CPU time it has used so far.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Child Start(ChildStart what)
    {
        List<string> command = [.. Self(), .. what.Arguments];
        if (what.Core is { } number)
        {
            command.AddRange(["--core", $"{number}"]);
            if (Processors.TaskSet is { } taskSet)
            {
                // Before its runtime starts, which then counts one core.
                command.InsertRange(0, [taskSet, "-c", $"{number}"]);
            }
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (what.Core is not null)
        {
            // The same with taskset, without it, and when a pinned runtime should size its pools for more cores.
            start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{what.Processors}";
        }

        foreach (var (name, value) in what.Environment)
        {
            start.Environment[name] = value;
        }

        return new Child(
            what.Name, Process.Start(start) ?? throw new BenchException($"The {what.Name} did not start."));
    }

    public void Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
    }

    /// <summary>
    /// Waits for a line that starts with <paramref name="prefix"/> and gives what follows; passes over others.
    /// </summary>
    /// <exception cref="BenchException">Nothing came in time, or the process ended; with its last words.</exception>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public string Expect(string prefix, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = timeout - Stopwatch.GetElapsedTime(start);
            var wait = (int)Math.Max(0, left.TotalMilliseconds);
            if (!_output.TryTake(out var line, wait, cancellationToken))
            {
                throw _output.IsCompleted ? Ended() : new BenchException(
                    $"the {_name} did not say '{prefix.Trim()}' within {timeout.TotalSeconds:0} s{LastWords()}");
            }

            if (line.StartsWith(prefix, StringComparison.Ordinal))
            {
                return line[prefix.Length..];
            }
        }
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has gone already and the pipe with it.
        }

        if (!_process.WaitForExit(StopTimeout))
        {
            Console.Error.WriteLine($"The {_name} (process {_process.Id}) does not stop and is killed.");
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    // As an executable of its own; or as a library that dotnet runs, also when that is what runs a test.
    private static string[] Self()
    {
        var host = Environment.ProcessPath ?? throw new BenchException("The path of this program is not known.");
        var library = typeof(Child).Assembly.Location;
        return Path.GetFileNameWithoutExtension(host) switch
        {
            "dotnet" => [host, library],
            var name when name == typeof(Child).Assembly.GetName().Name => [host],
            _ => ["dotnet", library],
        };
    }

    private void ReadOutput(StreamReader output)
    {
        while (ReadLine(output) is { } line)
        {
            _output.Add(line);
        }

        _output.CompleteAdding();
    }

    private void ReadErrors(StreamReader errors)
    {
        while (ReadLine(errors) is { } line)
        {
            _errors.Enqueue(line);
            if (_errors.Count > KeptErrorLines)
            {
                _errors.TryDequeue(out _);
            }
        }
    }

    private static string? ReadLine(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return null;
        }
    }

    private BenchException Ended()
    {
        var code = _process.WaitForExit(StopTimeout) ? $" with exit code {_process.ExitCode}" : "";
        return new BenchException($"the {_name} ended{code}{LastWords()}");
    }

    private string LastWords() => _errors.IsEmpty ? "" : ": " + string.Join(" | ", _errors);
}
