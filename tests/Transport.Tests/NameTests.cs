using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Names: what the system's resolver answers is given here.</summary>
public sealed class NameTests : IDisposable
{
    private readonly World _world = new(new WorldOptions { TrackBlocks = true });
    private readonly TaskCompletionSource<IPAddress[]> _answer = new();

    private readonly SocketTransport _transport;

    public NameTests()
    {
        _world.GetOrAdd(_ => new NameResolver(_ => _answer.Task));
        _transport = new SocketTransport(_world);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_ends_a_connect_at_its_deadline()
    {
        var options = new ConnectOptions { Timeout = TimeSpan.FromMilliseconds(20) };
        var error = await Assert.ThrowsAsync<TransportException>(
            () => _transport.ConnectAsync("tcp://example.test:1", options).AsTask().WaitAsync(Pair.Patience));
        Assert.Equal(TransportError.ConnectTimeout, error.Error);
    }

    [Fact]
    public async Task A_resolver_that_does_not_answer_ends_a_listen_at_its_deadline()
    {
        var options = new ListenOptions { ResolveTimeout = TimeSpan.FromMilliseconds(20) };
        var error = await Assert.ThrowsAsync<TransportException>(() => _transport
            .ListenAsync("tcp://example.test:0", Drop, options).AsTask().WaitAsync(Pair.Patience));
        Assert.Equal(TransportError.HostNotFound, error.Error);
    }

    [Fact]
    public async Task A_cancelled_listen_does_not_wait_for_the_resolver()
    {
        using var cancel = new CancellationTokenSource();
        var listen = _transport.ListenAsync("tcp://example.test:0", Drop, null, cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listen.WaitAsync(Pair.Patience));
    }

    [Fact]
    public async Task A_name_whose_first_address_refuses_is_reached_at_its_second()
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await _transport.ListenAsync("tcp://127.0.0.1:0", accepted.SetResult);
        _answer.SetResult([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]);
        await using var client = await _transport.ConnectAsync(
            TransportAddress.Tcp("example.test", listener.Address.Port));
        Assert.Equal("127.0.0.1", client.RemoteAddress.Host);
        await (await accepted.Task.WaitAsync(Pair.Patience)).DisposeAsync();
    }

    [Fact]
    public async Task Families_of_addresses_take_turns()
    {
        _answer.SetResult([.. new[] { "::1", "::2", "10.0.0.1", "::3", "10.0.0.2" }.Select(IPAddress.Parse)]);
        var ends = await NameResolver.Of(_world).ResolveAsync("tcp://example.test:5", CancellationToken.None);
        Assert.Equal(
            ["::1", "10.0.0.1", "::2", "10.0.0.2", "::3"],
            ends.Select(end => ((IPEndPoint)end).Address.ToString()));
        Assert.Equal(AddressFamily.InterNetworkV6, ends[0].AddressFamily);
    }

    public void Dispose()
    {
        Assert.Equal(0, _world.Timers.Count);
        _world.Dispose();
    }

    private static void Drop(Connection connection) => _ = connection.DisposeAsync().AsTask();
}
