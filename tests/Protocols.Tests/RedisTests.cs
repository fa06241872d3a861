using NetCore.Core;
using NetCore.Samples.Redis;
using NetCore.Transport;

namespace NetCore.Protocols.Tests;

/// <summary>The Redis sample against redis-server.</summary>
public sealed class RedisTests
{
    [Theory]
    [InlineData("epoll", false)]
    [InlineData("epoll", true)]
    [InlineData("sockets", false)]
    [InlineData("sockets", true)]
    public async Task Values_of_every_kind_come_back(string engine, bool unix)
    {
        await using var server = await StartAsync(unix);
        await using var redis = await RedisClient.ConnectAsync(Engine(engine), server.Address).Soon();

        Assert.Equal("OK", (await redis.CallAsync("SET", "k", "v")).Text);
        Assert.Equal("v", (await redis.CallAsync("GET", "k")).Text);
        Assert.Equal('_', (await redis.CallAsync("GET", "none")).Kind);
        Assert.Equal("41", (await redis.CallAsync("INCRBY", "n", "41")).Text);
        await redis.CallAsync("HSET", "h", "a", "1", "b", "2");
        var map = await redis.CallAsync("HGETALL", "h");
        Assert.Equal(('%', 4), (map.Kind, map.Items!.Length));
        await redis.CallAsync("ZADD", "z", "1.5", "m");
        Assert.Equal(",1.5", $"{(await redis.CallAsync("ZSCORE", "z", "m")) switch { var v => $"{v.Kind}{v.Text}" }}");
        Assert.Equal("[1, [2, [3]]]", (await redis.CallAsync("EVAL", "return {1,{2,{3}}}", "0")).ToString());

        // An error of one command, and the next one on the same connection.
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => redis.CallAsync("INCR", "k"));
        Assert.Contains("not an integer", error.Message, StringComparison.Ordinal);
        Assert.Equal("PONG", (await redis.CallAsync("PING")).Text);
    }

    [Fact]
    public async Task A_thousand_pipelined_calls_and_a_large_value_come_back_in_order()
    {
        await using var server = await StartAsync(unix: true);
        await using var redis = await RedisClient.ConnectAsync(Transports.Create(World.Default), server.Address);
        var calls = Enumerable.Range(0, 1000).Select(i => redis.CallAsync("ECHO", $"{i}")).ToList();
        var answers = await Task.WhenAll(calls).Soon();
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), answers.Select(answer => answer.Text));

        var large = new byte[800_000];
        new Random(1).NextBytes(large);
        await redis.CallAsync("SET", "large", new RespValue('$', large));
        Assert.Equal(large, (await redis.CallAsync("GET", "large").Soon()).Bytes);
    }

    [Fact]
    public async Task Messages_of_a_subscription_are_pushed_between_answers()
    {
        await using var server = await StartAsync(unix: true);
        var pushed = new TaskCompletionSource<RespValue>();
        var transport = Transports.Create(World.Default);
        await using var reader = await RedisClient.ConnectAsync(transport, server.Address, pushed.SetResult);
        await using var writer = await RedisClient.ConnectAsync(transport, server.Address);
        await reader.CallAsync("SUBSCRIBE", "news");
        Assert.Equal("1", (await writer.CallAsync("PUBLISH", "news", "hello")).Text);
        Assert.Equal("[message, news, hello]", (await pushed.Task.Soon()).ToString());
        Assert.Equal("PONG", (await reader.CallAsync("PING")).Text);
    }

    [Fact]
    public async Task A_call_ends_with_its_connection()
    {
        await using var server = await StartAsync(unix: true);
        await using var redis = await RedisClient.ConnectAsync(Transports.Create(World.Default), server.Address);
        var blocked = redis.CallAsync("BLPOP", "nothing", "0");
        await using var other = await RedisClient.ConnectAsync(Transports.Create(World.Default), server.Address);
        await other.CallAsync("CLIENT", "KILL", "TYPE", "normal");
        await Assert.ThrowsAsync<IOException>(() => blocked.Soon());
    }

    private static ITransport Engine(string name) =>
        name == "sockets" ? new SocketTransport(World.Default) : Transports.Create(World.Default);

    private static Task<DebianServer> StartAsync(bool unix) => DebianServer.StartAsync(
        "redis-server", unix, (socket, port) =>
        [
            "--port", $"{port}", "--save", "", "--bind", "127.0.0.1",
            .. socket is null ? (string[])[] : ["--unixsocket", socket],
        ]);
}
