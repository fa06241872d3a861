using System.Diagnostics;

namespace NetCore.Fuzz.Driver;

/// <summary>
/// This program once more, as a process that may die, and does when this one has; what it says is kept.
/// </summary>
internal sealed class Child : IDisposable
{
    /// <summary>Stands before what a child does, which then watches its input: by hand that may be anything.</summary>
    public const string Watching = "child";

    private const int LongestText = 8 * 1024;

    private readonly Process _process;
    private readonly Task _copying;
    private readonly MemoryStream _text = new();

    public Child(params string[] arguments)
    {
        // A test that is run by a host of its own is not the program that has to be started.
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host, ["exec", typeof(Child).Assembly.Location, Watching])
        {
            // Nothing is written; that it is open tells that this process is there.
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = Process.Start(start)!;
        _copying = Task.Run(CopyAsync);
    }

    /// <summary>Meaningful once <see cref="WaitForExit"/> is true.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The start of what it wrote as errors, once it has ended.</summary>
    public string Text
    {
        get
        {
            _copying.Wait();
            return System.Text.Encoding.UTF8.GetString(_text.ToArray());
        }
    }

    /// <summary>What it has used so far; 0 once it has ended.</summary>
    public TimeSpan ProcessorTime => Driver.ProcessorTime.Of(_process);

    public bool WaitForExit(TimeSpan time) => _process.WaitForExit(time);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    // All of it is read, so that the child never waits; a stack that ran over prints thousands of lines.
    private async Task CopyAsync()
    {
        var buffer = new byte[4096];
        var stream = _process.StandardError.BaseStream;
        int count;
        while ((count = await stream.ReadAsync(buffer)) > 0)
        {
            _text.Write(buffer, 0, (int)Math.Min(count, LongestText - _text.Length));
        }
    }
}
