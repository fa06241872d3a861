using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Tests;

/// <summary>Listeners and transports in a process without a file descriptor to spare.</summary>
public sealed class DescriptorExhaustionTests : IDisposable
{
    // More than the runtime itself opens, and few enough to be filled at once.
    private const int Descriptors = 256;

    private readonly List<Socket> _clients = [];

    public void Dispose() => _clients.ForEach(client => client.Dispose());

    [Theory]
    [InlineData("sockets")]
    [InlineData("epoll")]
    [InlineData("uring")]
    public async Task Accepting_without_descriptors_is_tried_again_with_growing_pauses_until_there_are_some(
        string engine)
    {
        using var process = await PeerProcess.StartAsync(engine, Descriptors);

        // Whatever loads code by a descriptor has run once before there are none.
        await ConnectAsync(process);
        await process.Until(static state => state.Accepted == 1, "the first is accepted");
        Assert.Equal(engine, (await process.AskAsync("free")).Backend);

        var watch = Stopwatch.StartNew();
        await process.AskAsync("fill");
        await ConnectAsync(process);
        await ConnectAsync(process);
        await process.Until(static state => state.Errors >= 5, "accepting fails again and again");
        var now = await process.AskAsync();
        Assert.Equal(1, now.Accepted);

        // The pauses between them are 10 ms, 20 ms, 40 ms and so on, up to 1 s after the seventh. A slow machine only
        // makes them longer.
        var least = TimeSpan.FromMilliseconds(10 * ((1 << (Math.Min(now.Errors, 7) - 1)) - 1));
        Assert.True(watch.Elapsed >= least, $"{now.Errors} failures in {watch.Elapsed.TotalMilliseconds} ms.");

        await process.AskAsync("free");
        await process.Until(static state => state.Accepted == 3, "those that waited are accepted");
        await ConnectAsync(process);
        await process.Until(static state => state.Accepted == 4, "it goes on as before");
    }

    [Theory]
    [InlineData("exhaust-epoll")]
    [InlineData("exhaust-uring")]
    public async Task A_transport_that_cannot_be_made_wholly_leaves_no_descriptor_and_no_thread_behind(string what)
    {
        // Spare descriptors, what came of it, descriptors and threads that are left.
        var lines = await PeerProcess.RunAsync(what, Descriptors);
        Assert.Equal($"{lines.Length - 1} None 0 0", lines[^1]);
        Assert.All(lines[..^1], static (line, spare) => Assert.Equal($"{spare} OutOfResources 0 0", line));

        // Four reactors of an epoll or a ring and a wake-up each.
        Assert.InRange(lines.Length, 8, 32);
    }

    private async Task ConnectAsync(PeerProcess process)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(client);
        await client.ConnectAsync(IPAddress.Loopback, process.Port);
    }
}
