using System.Text.Json.Nodes;

namespace NetCore.Testing.Shared;

/// <summary>The vectors of the wire, <c>tests/vectors</c> of the checkout.</summary>
public static class VectorFile
{
    /// <summary>Where they lie.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>The vectors of one file.</summary>
    public static JsonArray Read(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name)))!.AsArray();

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "tests", "vectors")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above holds tests/vectors.");
        }

        return Path.Combine(folder.FullName, "tests", "vectors");
    }
}
