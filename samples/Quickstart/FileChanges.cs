using System.Text;
using NetCore.PubSub;

namespace NetCore.Quickstart;

/// <summary>Publishes which files of a directory have changed, to who has subscribed beside its calls.</summary>
internal sealed class FileChanges : IAsyncDisposable
{
    /// <summary>The topic; a message is the name of a file.</summary>
    public const string Topic = "files.changed";

    private readonly FileSystemWatcher? _watcher;
    private readonly TopicPublisher? _publisher;

    /// <param name="directory">What is watched; null for nothing.</param>
    public FileChanges(string? directory)
    {
        if (directory is null)
        {
            return;
        }

        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"'{directory}' is no directory. Give one that exists with --watch.");
        }

        _publisher = Broker.CreatePublisher(Topic);
        _watcher = new FileSystemWatcher(directory);
        _watcher.Created += (_, change) => Tell(change.Name);
        _watcher.Changed += (_, change) => Tell(change.Name);
        _watcher.Error += static (_, error) =>
            Console.Error.WriteLine($"Changes were missed: {error.GetException().Message}");
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>What the server serves beside its calls.</summary>
    public Broker Broker { get; } = new();

    public ValueTask DisposeAsync()
    {
        _watcher?.Dispose();
        return Broker.DisposeAsync();
    }

    private void Tell(string? name)
    {
        try
        {
            if (name is not null && !_publisher!.TryPublish(Encoding.UTF8.GetBytes(name)))
            {
                Console.Error.WriteLine($"The change of {name} was not published: too much waits.");
            }
        }
        catch (PubSubException)
        {
            // The broker has just been closed, and nobody is there to be told.
        }
    }
}
