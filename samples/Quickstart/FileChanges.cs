using System.Text;
using NetCore.PubSub;

namespace NetCore.Quickstart;

/// <summary>Publishes which files of a directory have changed, to who has subscribed beside its calls.</summary>
internal sealed class FileChanges : IAsyncDisposable
{
    /// <summary>The topic; a message is the name of a file.</summary>
    public const string Topic = "files.changed";

    private readonly FileSystemWatcher? _watcher;

    /// <param name="directory">What is watched; null for nothing.</param>
    public FileChanges(string? directory)
    {
        if (directory is null)
        {
            return;
        }

        var publisher = Broker.CreatePublisher(Topic);
        _watcher = new FileSystemWatcher(directory);
        _watcher.Created += (_, change) => publisher.TryPublish(Encoding.UTF8.GetBytes(change.Name ?? ""));
        _watcher.Changed += (_, change) => publisher.TryPublish(Encoding.UTF8.GetBytes(change.Name ?? ""));
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>What the server serves beside its calls.</summary>
    public Broker Broker { get; } = new();

    public ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        return Broker.DisposeAsync();
    }
}
