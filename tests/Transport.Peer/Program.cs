using NetCore.Transport.Peer;

// The other process of a test: a server of keyed streams on the engine that the argument names. It takes a command a
// line and answers each with one line, until its input ends.
if (args is ["exhaust-epoll" or "exhaust-uring", ..])
{
    Exhaustion.Run(onRings: args[0] == "exhaust-uring");
    return;
}

await using var server = new Server(args is [var engine, ..] ? engine : "sockets");
Console.WriteLine(await server.ListenAsync());

var hoard = new Stack<IDisposable>();
while (Console.ReadLine() is { } command)
{
    switch (command)
    {
        case "fill":
            StartThreads();
            Hoard.Fill(hoard);
            break;
        case "free":
            Hoard.Free(hoard, hoard.Count);
            break;
        default:
            break;
    }

    Console.WriteLine(server.Describe(collect: command == "collect"));
}

// The parent is gone: never outlive it.
Environment.Exit(0);

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
