using System.Text;
using NetCore.Core;
using NetCore.Samples.Memcached;
using NetCore.Transport;

// Stores a value and gets it back. Try it with: memcached -l 127.0.0.1
if (args is not ([not "--server", _] or ["--server", _, _, _]))
{
    if (args is not ([] or ["--help"]))
    {
        Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood.");
    }

    Console.WriteLine("""
        Stores a value in a memcached server and gets it back.

        Memcached [--server URI] KEY VALUE    URI: tcp://host:port, unix:///path; default tcp://127.0.0.1:11211
        Memcached --help                      this text
        """);
    return args is ["--help"] ? 0 : 2;
}

try
{
    var address = TransportAddress.Parse(args.Length == 4 ? args[1] : "tcp://127.0.0.1:11211");
    await using var cache = await MemcachedClient.ConnectAsync(Transports.Create(World.Default), address);
    var stored = await cache.SetAsync(args[^2], Encoding.UTF8.GetBytes(args[^1]));
    var found = await cache.GetAsync(args[^2]) ?? [];
    Console.WriteLine($"stored: {stored}, {args[^2]} = {Encoding.UTF8.GetString(found)}");
    return 0;
}
catch (Exception exception) when (exception is TransportException or IOException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
