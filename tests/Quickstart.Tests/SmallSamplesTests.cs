using System.Net.Sockets;
using System.Text;

namespace NetCore.Quickstart.Tests;

/// <summary>Echo and LineChat, by plain sockets.</summary>
public sealed class SmallSamplesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Echo_sends_back_a_megabyte_and_the_end()
    {
        using var server = await ServerProcess.StartAsync("Echo", "--listen", "tcp://127.0.0.1:0");
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
        Assert.Matches(@"owned, \w+ +p50 +\d+\.\d  p99 +\d", output);
        Assert.Matches(@"ordinary +p50 +\d+\.\d  p99 +\d", output);
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
