using System.Net.Sockets;
using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

public sealed class SocketTransportTests : IAsyncDisposable
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(50);

    private readonly World _world = new(new WorldOptions { TrackBlocks = true });
    private readonly string _folder = Directory.CreateTempSubdirectory("nct").FullName;

    private SocketTransport Transport => new(_world);

    [Fact]
    public async Task An_unknown_host_is_reported_as_such()
    {
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Transport.ConnectAsync("tcp://no-such-host.invalid:1"));
        Assert.Equal(TransportError.HostNotFound, error.Error);
    }

    [Fact]
    public async Task A_connect_that_nobody_answers_ends_at_its_deadline()
    {
        // A Unix listener whose backlog is full lets connects wait, without any network.
        using var full = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        full.Bind(new UnixDomainSocketEndPoint(_folder + "/full"));
        full.Listen(0);
        var waiting = new List<Connection>();
        TransportException? error = null;
        for (var i = 0; i < 5 && error is null; i++)
        {
            try
            {
                waiting.Add(await Transport.ConnectAsync(
                    TransportAddress.Unix(_folder + "/full"),
                    new ConnectOptions { Timeout = TimeSpan.FromMilliseconds(50) }));
            }
            catch (TransportException exception)
            {
                error = exception;
            }
        }

        Assert.NotNull(error);
        Assert.Contains(error.Error, new[] { TransportError.ConnectTimeout, TransportError.SystemError });
        foreach (var connection in waiting)
        {
            await connection.DisposeAsync();
        }

        Assert.Equal(0, _world.Timers.Count);
    }

    [Fact]
    public async Task The_wildcard_takes_IPv4_and_IPv6()
    {
        var accepted = 0;
        await using var listener = await Transport.ListenAsync("tcp://*:0", connection =>
        {
            Interlocked.Increment(ref accepted);
            _ = connection.DisposeAsync().AsTask();
        });
        Assert.NotEqual(0, listener.Address.Port);
        foreach (var host in new[] { "127.0.0.1", "::1", "localhost" })
        {
            if (host == "::1" && !Socket.OSSupportsIPv6)
            {
                accepted++;
                continue;
            }

            try
            {
                var address = TransportAddress.Tcp(host, listener.Address.Port);
                await using var client = await Transport.ConnectAsync(address);
            }
            catch (TransportException exception) when (exception.Error == TransportError.Reset)
            {
                // Accepted, and disposed before the connect had looked.
            }
        }

        await Pair.Until(() => Volatile.Read(ref accepted) == 3, "all three");
    }

    [Fact]
    public async Task A_stale_socket_file_is_replaced()
    {
        var path = _folder + "/stale";
        using (var child = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            child.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + "2");
        }

        File.Move(path + "2", path);
        await using var listener = await Transport.ListenAsync(TransportAddress.Unix(path), Drop);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        await listener.DisposeAsync();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_never_removed()
    {
        var path = _folder + "/file";
        await File.WriteAllTextAsync(path, "precious");
        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Transport.ListenAsync(TransportAddress.Unix(path), Drop));
        Assert.Equal(TransportError.AddressInUse, error.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_listener_that_is_too_busy_to_accept_keeps_its_file()
    {
        var path = _folder + "/busy";
        using var busy = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        busy.Bind(new UnixDomainSocketEndPoint(path));
        busy.Listen(0);
        var waiting = new List<Socket>();
        while (waiting.Count < 5)
        {
            // The backlog takes one or two; the others are refused or wait, as the kernel likes it.
            waiting.Add(new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
            waiting[^1].Blocking = false;
            try
            {
                await waiting[^1].ConnectAsync(new UnixDomainSocketEndPoint(path)).WaitAsync(Brief);
            }
            catch (Exception exception) when (exception is SocketException or TimeoutException)
            {
                break;
            }
        }

        var error = await Assert.ThrowsAsync<TransportException>(
            async () => await Transport.ListenAsync(TransportAddress.Unix(path), Drop));
        Assert.Equal(TransportError.AddressInUse, error.Error);
        Assert.True(File.Exists(path));
        waiting.ForEach(socket => socket.Dispose());
    }

    [Theory]
    [InlineData(SocketError.ConnectionReset, TransportError.Reset)]
    [InlineData(SocketError.Shutdown, TransportError.Reset)]
    [InlineData(SocketError.ConnectionAborted, TransportError.Reset)]
    [InlineData(SocketError.NotConnected, TransportError.Reset)]
    [InlineData(SocketError.TimedOut, TransportError.PeerTimeout)]
    [InlineData(SocketError.NetworkDown, TransportError.Unreachable)]
    [InlineData(SocketError.TryAgain, TransportError.HostNotFound)]
    [InlineData(SocketError.AccessDenied, TransportError.NotPermitted)]
    [InlineData(SocketError.TooManyOpenSockets, TransportError.OutOfResources)]
    [InlineData(SocketError.OperationAborted, TransportError.Aborted)]
    [InlineData(SocketError.MessageSize, TransportError.SystemError)]
    public void An_error_of_the_system_has_one_meaning(SocketError error, TransportError meaning) =>
        Assert.Equal(meaning, SocketErrors.Translate(error));

    [Theory]
    [InlineData(SocketError.TimedOut, TransportError.ConnectTimeout)]
    [InlineData(SocketError.AddressNotAvailable, TransportError.Refused)]
    [InlineData(SocketError.SocketError, TransportError.Refused)]
    [InlineData(SocketError.NetworkUnreachable, TransportError.Unreachable)]
    public void While_connecting_some_errors_mean_something_else(SocketError error, TransportError meaning) =>
        Assert.Equal(meaning, SocketErrors.TranslateConnect(error));

    [Fact]
    public void What_is_not_permitted_says_what_to_do()
    {
        const string end = "Permission denied (NotPermitted). Take a port above 1023, or get rights on the Unix socket "
            + "and its folder.";
        var denied = new SocketException((int)SocketError.AccessDenied);
        foreach (TransportAddress address in new[] { "tcp://127.0.0.1:80", $"unix://{_folder}/no.sock" })
        {
            Assert.Equal(
                $"Connecting to {address} failed: {end}", SocketErrors.Exception(address, denied).Message);
        }

        Assert.Equal(
            $"It failed: {end}", SocketErrors.Exception(TransportError.NotPermitted, "It failed", denied).Message);
    }

    [Fact]
    public async Task An_abstract_name_needs_no_file()
    {
        var address = TransportAddress.Unix("@nct" + Environment.ProcessId);
        await using var listener = await Transport.ListenAsync(address, Drop);
        await using var client = await Transport.ConnectAsync(address);
        Assert.Equal(address, client.RemoteAddress);
    }

    [Fact]
    public async Task The_common_transport_chooses_by_scheme()
    {
        var transport = Transports.Create(_world, new TransportOptions { Engine = TransportEngine.Sockets });
        await using var tcp = await transport.ListenAsync("tcp://127.0.0.1:0", Drop);
        await using var memory = await transport.ListenAsync("inproc://x", Drop);
        Assert.Equal(transport.Backend, tcp.Backend);
        Assert.Equal("inmemory", memory.Backend);
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Drop(Connection connection) => _ = connection.DisposeAsync().AsTask();
}
