using System.Globalization;

namespace NetCore.Bench;

/// <summary>Reads <c>--name value</c> pairs and says clearly what is wrong with them.</summary>
internal sealed class CommandLine(IEnumerable<string> arguments)
{
    private readonly Queue<string> _rest = new(arguments);

    /// <summary>The next argument; false at the end.</summary>
    public bool TryNext(out string name) => _rest.TryDequeue(out name!);

    public string Text(string name) =>
        _rest.TryDequeue(out var value) && value.Length > 0
            ? value : throw new UsageException($"{name} needs a value.");

    public int Whole(string name, int min, int max)
    {
        var text = Text(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max
                ? value
                : throw new UsageException($"{name} takes a whole number from {min} to {max}, not '{text}'.");
    }

    public double Number(string name, double min, double max)
    {
        var text = Text(name);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max
                ? value
                : throw new UsageException(
                    FormattableString.Invariant($"{name} takes a number from {min} to {max}, not '{text}'."));
    }

    /// <summary>One of the words given.</summary>
    public string OneOf(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        return words.Contains(text)
            ? text
            : throw new UsageException($"{name} takes {string.Join(" or ", words)}, not '{text}'.");
    }

    public TimeSpan Seconds(string name)
    {
        // Below a tenth of a second nothing is measured; an hour per cell is a slip of the hand.
        const double min = 0.1;
        const double max = 3600;
        var text = Text(name);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= min and <= max
                ? TimeSpan.FromSeconds(value)
                : throw new UsageException($"{name} takes {min} to {max} seconds, not '{text}'.");
    }

    /// <summary>A file to write, with its whole path.</summary>
    /// <remarks>Looked at before anything is measured: minutes of work are not lost to a slip.</remarks>
    public string Output(string name)
    {
        var file = Path.GetFullPath(Text(name));
        if (Directory.Exists(file))
        {
            throw new UsageException($"{name} takes a file, and {file} is a folder.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(file)))
        {
            throw new UsageException($"{name}: there is no folder {Path.GetDirectoryName(file)}; make it first.");
        }

        return WhyNotWritable(file) is { } reason
            ? throw new UsageException($"{name}: {file} cannot be written: {reason}")
            : file;
    }

    // Only opening it tells. One that was not there is not there afterwards either, until there is something in it.
    private static string? WhyNotWritable(string file)
    {
        var isThere = File.Exists(file) || new FileInfo(file).LinkTarget is not null;
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite,
            Options = isThere ? FileOptions.None : FileOptions.DeleteOnClose,
        };
        try
        {
            new FileStream(file, options).Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    public Uri Address(string name)
    {
        var text = Text(name);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri is { Scheme: "tcp", HostNameType: UriHostNameType.IPv4, Port: >= 0 }
                or { Scheme: "unix", Host: "", AbsolutePath.Length: > 1 }
                ? uri
                : throw new UsageException(
                    $"{name} takes tcp://IPV4-ADDRESS:PORT or unix:///PATH, not '{text}'.");
    }

    public static UsageException Unknown(string name) => new($"'{name}' is not understood here.");
}
