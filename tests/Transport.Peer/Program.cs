using NetCore.Transport.Peer;

// The other process of a test: a server of keyed streams on the engine that the argument names. It takes a command a
// line and answers each with one line, until its input ends.
await using var server = new Server(args is [var engine, ..] ? engine : "sockets");
Console.WriteLine(await server.ListenAsync());

var hoard = new Stack<IDisposable>();
while (Console.ReadLine() is { } command)
{
    switch (command)
    {
        case "fill":
            Fill(hoard);
            break;
        case "free":
            while (hoard.TryPop(out var file))
            {
                file.Dispose();
            }

            break;
        default:
            break;
    }

    Console.WriteLine(server.Describe(collect: command == "collect"));
}

// The parent is gone: never outlive it.
Environment.Exit(0);

static void Fill(Stack<IDisposable> hoard)
{
    StartThreads();
    try
    {
        while (true)
        {
            hoard.Push(File.OpenHandle("/dev/null"));
        }
    }
    catch (IOException)
    {
        // Too many open files: that is what was wanted.
    }
}

// The runtime cannot start a thread without a descriptor and ends the process with OutOfMemoryException, so that the
// pool has its threads before.
static void StartThreads()
{
    const int threads = 16;
    ThreadPool.SetMinThreads(threads, threads);
    var all = new Barrier(threads + 1);
    for (var i = 0; i < threads; i++)
    {
        ThreadPool.UnsafeQueueUserWorkItem(static all => all.SignalAndWait(), all, preferLocal: false);
    }

    all.SignalAndWait();
}
