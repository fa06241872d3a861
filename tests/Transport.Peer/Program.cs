using System.Diagnostics.Metrics;
using NetCore.Core;
using NetCore.Transport;

// A listener whose process has no file descriptor left when a test wants it so. It takes a command a line and answers
// each with one line, until its input ends.
var errors = 0;
using var listener = new MeterListener
{
    InstrumentPublished = static (instrument, listener) =>
    {
        if (instrument.Name == "netcore.transport.accept.errors")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    },
};
listener.SetMeasurementEventCallback<long>((_, _, _, _) => Interlocked.Increment(ref errors));
listener.Start();

var accepted = 0;
await using var server = await new SocketTransport(World.Default).ListenAsync(
    "tcp://127.0.0.1:0", _ => Interlocked.Increment(ref accepted));
Console.WriteLine(server.Address.Port);

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

    Console.WriteLine($"{Volatile.Read(ref accepted)} {Volatile.Read(ref errors)}");
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
