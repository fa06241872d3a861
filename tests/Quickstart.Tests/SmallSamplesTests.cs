using System.Net.Sockets;
using System.Text;

namespace NetCore.Quickstart.Tests;

/// <summary>Echo and LineChat, by plain sockets, and what the other small samples say.</summary>
public sealed class SmallSamplesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Echo_sends_back_a_megabyte_and_the_end()
    {
        using var server = await ServerProcess.StartAsync("Echo", "--listen", "tcp://127.0.0.1:0");
        Assert.Matches(@"^Echo on tcp://\S+ by \w+$", server.Line);
        using var socket = await server.ConnectAsync();
        var sent = new byte[1024 * 1024];
        new Random(1).NextBytes(sent);
        await using var stream = new NetworkStream(socket);
        var sending = SendAndEndAsync(socket, sent);
        var received = new MemoryStream();
        using var patience = new CancellationTokenSource(Patience);
        await stream.CopyToAsync(received, patience.Token);
        await sending;
        Assert.True(sent.AsSpan().SequenceEqual(received.ToArray()));
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Fact]
    public async Task Chat_goes_on_whatever_one_member_sends_or_does()
    {
        using var server = await ServerProcess.StartAsync("LineChat", "--listen", "tcp://127.0.0.1:0");
        Assert.Matches(@"^LineChat on tcp://\S+ by \w+$", server.Line);
        using var alice = await server.ConnectAsync();
        using var reader = new StreamReader(new NetworkStream(alice));
        await Expect(reader, "came");
        foreach (var line in new[] { "hello\r\n", "ends in CR\r\r\n", new string('x', 1000) + "\n", "\xFF\n", "\n" })
        {
            await alice.SendAsync(Encoding.Latin1.GetBytes(line));
            await Expect(reader, line.Trim() == "\xFF" ? "\uFFFD" : line.TrimEnd());
        }

        // One sends too long a line, one is gone with a reset, one goes in the middle of a line.
        foreach (var last in new[] { new string('x', 5000), "reset", "middle" })
        {
            using var other = await server.ConnectAsync();
            await Expect(reader, "came");
            await other.SendAsync(Encoding.ASCII.GetBytes(last));
            other.LingerState = new LingerOption(last == "reset", 0);
            other.Close();
            await Expect(reader, "left");
        }

        await alice.SendAsync("still here\n"u8.ToArray());
        await Expect(reader, "still here");
        Assert.Equal(0, await server.TerminateAsync());
    }

    [Theory]
    [InlineData("Echo")]
    [InlineData("LineChat")]
    public async Task A_sample_says_what_is_wrong_with_its_address(string program)
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync(program, "--listen", "bogus");
        Assert.Equal(1, exit);
        Assert.Contains("'bogus' is not an address", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        (exit, output) = await QuickstartProcess.RunProgramAsync(program, "--help");
        Assert.Equal(0, exit);
        Assert.All(
            ["Sends every", "nc 127.0.0.1 7000", "Ctrl-C", "--listen URI", "--help"],
            part => Assert.Contains(part, output, StringComparison.Ordinal));
        (exit, output) = await QuickstartProcess.RunProgramAsync(program, "--port", "7000");
        Assert.Equal(2, exit);
        Assert.Contains("'--port 7000' is not understood.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blocking")]
    [InlineData("busypoll")]
    [InlineData("block")]
    [InlineData("Spin")]
    public async Task LowLatency_measures_both_ways(string wait)
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync(
            "LowLatency", "--calls", "200", "--wait", wait, "--address", "unix://@nct-low" + Environment.ProcessId);
        Assert.True(exit == 0, output);
        Assert.Matches(@"owned, (blocking|busypoll), on epoll +p50 +\d+\.\d  p99 +\d", output);
        Assert.Matches(@"ordinary, on \w+ +p50 +\d+\.\d  p99 +\d", output);
    }

    [Fact]
    public async Task LowLatency_owns_the_engine_that_is_asked_for()
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync(
            "LowLatency", "--calls", "10", "--wait", "blocking", "--engine", "uring");

        // Where there is no ring it says so.
        Assert.Matches(exit == 0 ? "owned, blocking, on uring +p50" : "io_uring", output);
    }

    [Fact]
    public async Task LowLatency_names_no_port_that_nobody_listens_on()
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync("LowLatency", "--calls", "10");
        Assert.True(exit == 0, output);
        Assert.Contains("at tcp://127.0.0.1, any free port; microseconds", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_job_of_the_queue_is_done_once()
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync("WorkQueue", "30");
        Assert.True(exit == 0, output);
        Assert.Contains("30 of 30 jobs done, each once.", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WorkQueue")]
    [InlineData("Ticker")]
    [InlineData("Redis")]
    [InlineData("Memcached", "key", "value")]
    [InlineData("LowLatency", "--calls", "10")]
    [InlineData("Echo", "--listen", "tcp://127.0.0.1:0")]
    public async Task A_sample_says_in_one_line_that_its_engine_is_unknown(string program, params string[] arguments)
    {
        var (exit, output) = await QuickstartProcess.RunProgramWithAsync(
            "NETCORE_TRANSPORT", "frob", program, arguments);
        Assert.True(exit == 1, output);
        Assert.Contains("=frob names no engine", output, StringComparison.Ordinal);
        Assert.DoesNotContain("p50", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Redis")]
    [InlineData("Memcached")]
    [InlineData("Ticker")]
    public async Task A_sample_says_what_it_does_not_understand(string program)
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync(program, "--frob");
        Assert.Equal(2, exit);
        Assert.Contains("'--frob' is not understood.", output, StringComparison.Ordinal);
        (exit, output) = await QuickstartProcess.RunProgramAsync(program, "--help");
        Assert.Equal(0, exit);
        Assert.DoesNotContain("understood", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LowLatency_says_what_is_wrong_with_its_arguments()
    {
        var (exit, output) = await QuickstartProcess.RunProgramAsync("LowLatency", "--wait", "never");
        Assert.Equal(2, exit);
        Assert.Contains("'--wait never' is not understood.", output, StringComparison.Ordinal);
        Assert.Contains("--wait NAME", output, StringComparison.Ordinal);
        (exit, output) = await QuickstartProcess.RunProgramAsync("LowLatency", "--address", "bogus");
        Assert.Equal(1, exit);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    private static async Task SendAndEndAsync(Socket socket, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length;)
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent));
        }

        socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task Expect(StreamReader reader, string end)
    {
        var line = await reader.ReadLineAsync().WaitAsync(Patience);
        Assert.EndsWith(end, line, StringComparison.Ordinal);
    }
}
