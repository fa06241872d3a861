using System.ComponentModel;
using NetCore.Core;

namespace NetCore.Transport.Peer;

/// <summary>
/// Makes a transport of several reactors with so many descriptors to spare, one more each time until it can be made,
/// and says each time what came of it and what was left behind.
/// </summary>
internal static class Exhaustion
{
    private const int Reactors = 4;

    public static void Run(bool onRings)
    {
        // What is loaded by a descriptor is there before there are none.
        Make(onRings, fails: false);
        Make(onRings, fails: true);
        var descriptors = Descriptors();
        var hoard = new Stack<IDisposable>();

        // The console opens files of its own, so that it is for the end.
        var lines = new List<string>();
        for (var spare = 0; ; spare++)
        {
            Hoard.Fill(hoard);
            Hoard.Free(hoard, spare);
            var outcome = Make(onRings, fails: false);
            Hoard.Free(hoard, hoard.Count);
            lines.Add($"{spare} {outcome} {Descriptors() - descriptors} {Threads()}");
            if (outcome == nameof(TransportError.None))
            {
                Console.WriteLine(string.Join('\n', lines));
                return;
            }
        }
    }

    // In a world of its own, so that a ring's self-test is made each time; and without a thread for its timers.
    private static string Make(bool onRings, bool fails)
    {
        using var world = new World(new WorldOptions { DriveTimers = false });
        try
        {
            if (fails)
            {
                throw new TransportException(TransportError.OutOfResources, "x", new Win32Exception(24));
            }

            using IDisposable transport = onRings
                ? new UringTransport(world, new UringTransportOptions { Reactors = Reactors })
                : new EpollTransport(world, new EpollTransportOptions { Reactors = Reactors });
            return nameof(TransportError.None);
        }
        catch (TransportException exception)
        {
            return exception.Error.ToString();
        }
        catch (OutOfMemoryException)
        {
            return nameof(OutOfMemoryException);
        }
    }

    // Epolls, rings and wake-ups; what the runtime opens besides, such as files of assemblies, is of other kinds.
    private static int Descriptors() => Directory.GetFiles("/proc/self/fd")
        .Count(static path => new FileInfo(path).LinkTarget
            is "anon_inode:[eventpoll]" or "anon_inode:[io_uring]" or "anon_inode:[eventfd]");

    // A thread that has been joined is still there for a moment.
    private static int Threads()
    {
        SpinWait.SpinUntil(static () => CountThreads() == 0, TimeSpan.FromSeconds(10));
        return CountThreads();
    }

    private static int CountThreads() => Directory.GetDirectories("/proc/self/task").Count(static task =>
    {
        try
        {
            return File.ReadAllText($"{task}/comm").StartsWith("NetCore ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return false;
        }
    });
}
