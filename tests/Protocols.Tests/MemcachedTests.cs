using NetCore.Core;
using NetCore.Samples.Memcached;
using NetCore.Transport;

namespace NetCore.Protocols.Tests;

/// <summary>The memcached sample against memcached.</summary>
public sealed class MemcachedTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_are_stored_found_and_deleted(bool unix)
    {
        await using var server = await DebianServer.StartAsync("memcached", unix, (socket, port) =>
            [.. socket is null ? (string[])["-l", $"127.0.0.1:{port}"] : ["-s", socket], "-u", Environment.UserName]);
        await using var cache = await MemcachedClient.ConnectAsync(Transports.Create(World.Default), server.Address);

        var value = new byte[500_000];
        new Random(2).NextBytes(value);
        foreach (var bytes in (byte[][])[value, [], "\r\nEND\r\n"u8.ToArray()])
        {
            Assert.True(await cache.SetAsync("key", bytes).Soon());
            Assert.Equal(bytes, await cache.GetAsync("key").Soon());
        }

        Assert.True(await cache.DeleteAsync("key").Soon());
        Assert.Null(await cache.GetAsync("key").Soon());
        Assert.False(await cache.DeleteAsync("key").Soon());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync(new string('k', 251)));
        Assert.StartsWith("CLIENT_ERROR", error.Message, StringComparison.Ordinal);
    }
}
