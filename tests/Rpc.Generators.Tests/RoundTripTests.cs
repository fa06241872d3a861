using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Generators.Tests;

/// <summary>The generated proxy, codecs and dispatcher over a connection in memory.</summary>
public sealed class RoundTripTests : IAsyncLifetime
{
    private readonly World _world = new(new WorldOptions { TrackBlocks = true });
    private readonly SampleService _service = new();
    private RpcServer? _server;
    private RpcClient? _client;

    private SampleClient Sample => new(_client!);

    public async ValueTask InitializeAsync()
    {
        var address = TransportAddress.Parse("inproc://sample");
        var transport = new InMemoryTransport(_world);
        _server = await RpcServer.ListenAsync(
            address, new SampleDispatcher(_service), new() { World = _world, Transport = transport });
        _client = await RpcClient.ConnectAsync(address, new() { World = _world, Transport = transport });
    }

    // Whatever a test did, each block is given back.
    public async ValueTask DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _server!.DisposeAsync();
        _world.Blocks.AssertAllReturned();
        _world.Dispose();
    }

    [Fact]
    public async Task Text_and_arrays_come_back_and_null_is_not_empty()
    {
        Assert.Equal("größe 服务", await Sample.TextAsync("größe 服务"));
        Assert.Equal("", await Sample.TextAsync(""));
        Assert.Null(await Sample.TextAsync(null));
        Assert.Equal(new byte[] { 1, 2, 3 }, await Sample.ArrayAsync([1, 2, 3]));
        Assert.Equal(Array.Empty<byte>(), await Sample.ArrayAsync([]));
        Assert.Null(await Sample.ArrayAsync(null));
        Assert.Equal(new byte[] { 4, 5 }, await Sample.BytesAsync(new byte[] { 4, 5 }));
        Assert.Equal("ab", await Sample.StrictAsync("a", "b"));
    }

    [Fact]
    public async Task Bytes_of_a_span_arrive()
    {
        Assert.Equal(11, await Sample.SumAsync(5, [1, 2, 3]));
        Assert.Equal(5, await Sample.SumAsync(5, []));
    }

    [Fact]
    public async Task Values_come_back()
    {
        Assert.False(await Sample.NotAsync(true));
        var values = new SampleValues(long.MinValue, 7, -3, (Half)1.5);
        Assert.Equal(values, await Sample.ValuesAsync(
            values, DayOfWeek.Friday, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Int128.MinValue, Math.PI));
    }

    [Fact]
    public async Task Objects_come_back_as_json()
    {
        var map = new Dictionary<string, Uri> { ["a"] = new("https://example.org/") };
        var answer = await Sample.JsonAsync(new SamplePerson("Ada", 36), DateTimeOffset.UnixEpoch, map);
        Assert.Equal([new SamplePerson("Ada", 36), null, new SamplePerson("Ada", 1)], answer);
        Assert.Equal(0, (await Sample.JsonAsync(new SamplePerson("Ada", 36), null, null))[2]!.Age);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(100_000)]
    public async Task Leased_bytes_come_back_and_are_given_back(int length)
    {
        var bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 31)).ToArray();
        using var answer = await Sample.LeasedAsync("before", LeasedBytes.Copy(_world.Blocks, bytes), "after");
        Assert.Equal(bytes, answer.ToArray());
    }

    [Theory]
    [InlineData(null, "after")]
    [InlineData("before", null)]
    public async Task Leased_bytes_are_given_back_when_a_value_beside_them_cannot_be_written(
        string? before, string? after)
    {
        var bytes = LeasedBytes.Copy(_world.Blocks, new byte[2000]);
        await Assert.ThrowsAnyAsync<Exception>(() => Sample.LeasedAsync(before!, bytes, after!).AsTask());
    }

    [Fact]
    public async Task Null_where_the_contract_has_none_fails_on_both_ways()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Sample.StrictAsync(null!, "").AsTask());
        await Assert.ThrowsAsync<RpcException>(() => Sample.StrictAsync("null", "").AsTask());
        Assert.Equal("ab", await Sample.StrictAsync("a", "b"));
    }

    [Fact]
    public async Task A_call_without_result_completes_and_hands_the_token_over()
    {
        await Sample.NothingAsync(TestContext.Current.CancellationToken);
        Assert.True(_service.Token.CanBeCanceled);
    }

    [Fact]
    public async Task A_one_way_call_arrives()
    {
        await Sample.TellAsync(42);
        var told = await _service.Told.Task.WaitAsync(TimeSpan.FromSeconds(90), TestContext.Current.CancellationToken);
        Assert.Equal(42, told);
    }
}
