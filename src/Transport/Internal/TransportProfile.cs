using System.Globalization;
using System.Text.Json;

namespace NetCore.Transport.Internal;

/// <summary>A file that says which engine was measured to be the best on a machine.</summary>
/// <param name="File">Where it lies.</param>
/// <param name="Engine">The engine: no choice between several.</param>
/// <param name="Origin">
/// When it was measured and on which kernel, as far as the file tells, and when that is not this one.
/// </param>
internal sealed record TransportProfile(string File, TransportEngine Engine, string Origin)
{
    /// <summary>The environment variable that names the file.</summary>
    public const string Variable = "NETCORE_TRANSPORT_PROFILE";

    // It is a part of the repository, and of no package.
    private const string Tool = "'bench doctor --save FILE' (docs/performance.md in a clone)";

    // A profile has some 1000 bytes; what is much longer is another file.
    private const int MaxBytes = 64 * 1024;

    // Where the tool that writes the file finds the name of the kernel.
    private const string KernelFile = "/proc/sys/kernel/osrelease";

    // The one version there is of the file's form.
    private const int Schema = 1;

    /// <summary>The profile that the environment names; null when it names none.</summary>
    /// <exception cref="TransportException">It cannot be read, or is no profile.</exception>
    public static TransportProfile? OfEnvironment()
    {
        var file = Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrWhiteSpace(file) ? null : Read(file.Trim(), RunningKernel());
    }

    /// <param name="file">Where it lies.</param>
    /// <param name="kernel">The name of this kernel; null when it is not known.</param>
    /// <exception cref="TransportException">It cannot be read, or is no profile.</exception>
    public static TransportProfile Read(string file, string? kernel)
    {
        var text = Bytes(file);
        if (text.Length > MaxBytes)
        {
            throw Invalid(file, $"it has more than {MaxBytes} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return Parse(file, document.RootElement, kernel);
        }
        catch (JsonException e)
        {
            throw Invalid(file, $"it is no JSON: {e.Message.TrimEnd('.')}", e);
        }
    }

    // One more than a profile may have tells that there is more.
    private static ReadOnlyMemory<byte> Bytes(string file)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            var text = new byte[MaxBytes + 1];
            return text.AsMemory(0, stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var path = Path.GetFullPath(file);
            var reason = e is FileNotFoundException or DirectoryNotFoundException ? $"there is no file '{path}'"
                : Directory.Exists(path) ? "it is a folder" : e.Message.TrimEnd('.');
            throw new TransportException(
                TransportError.EngineNotAvailable,
                $"{Variable}={file} cannot be read: {reason}. Make it with {Tool}, or unset the variable.",
                e);
        }
    }

    private static TransportProfile Parse(string file, JsonElement root, string? kernel)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schema", out var schema)
            || schema.ValueKind != JsonValueKind.Number
            || !schema.TryGetInt32(out var version)
            || version != Schema)
        {
            throw Invalid(file, $"it has no \"schema\": {Schema}");
        }

        if (!root.TryGetProperty("choice", out var choice) || Text(choice, "engine") is not { } engine)
        {
            throw Invalid(file, "it has no \"choice\" with an \"engine\"");
        }

        var asked = engine switch
        {
            "sockets" => TransportEngine.Sockets,
            "epoll" => TransportEngine.Epoll,
            "uring" => TransportEngine.Uring,
            _ => throw Invalid(file, $"it chooses the engine '{engine}', which is none of: sockets, epoll, uring"),
        };
        var at = root.TryGetProperty("at", out var time)
            && time.ValueKind == JsonValueKind.String
            && time.TryGetDateTimeOffset(out var date)
            ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "at an unknown time";
        var measured = Text(root, "kernel");
        var other = measured is null || kernel is null || measured == kernel ? "" : $" (this is {kernel})";
        return new TransportProfile(file, asked, $"{at} on kernel {measured ?? "unknown"}{other}");
    }

    // It is for the text of a log: what cannot be read is not said.
    private static string? RunningKernel()
    {
        try
        {
            return System.IO.File.ReadAllText(KernelFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TransportException Invalid(string file, string reason, Exception? inner = null) => new(
        TransportError.EngineNotAvailable,
        $"{Variable}={file} is no profile of 'bench doctor --save': {reason}. Make a new one with {Tool}, or unset the "
            + "variable.",
        inner);
}
