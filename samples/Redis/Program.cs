using NetCore.Core;
using NetCore.Samples.Redis;
using NetCore.Transport;

// Commands of Redis from standard input, an answer for each line. Try it with: redis-server --port 6379
if (args is not ([] or ["--server", _]))
{
    if (args is not ["--help"])
    {
        Console.Error.WriteLine($"'{string.Join(' ', args)}' is not understood.");
    }

    Console.WriteLine("""
        Sends each line of its input to a Redis server as a command and prints the answer, until the input ends.

        Redis [--server URI]    URI: tcp://host:port, unix:///path; default tcp://127.0.0.1:6379
        Redis --help            this text
        """);
    return args is ["--help"] ? 0 : 2;
}

try
{
    var address = TransportAddress.Parse(args is [_, var uri] ? uri : "tcp://127.0.0.1:6379");
    await using var redis = await RedisClient.ConnectAsync(
        Transports.Create(World.Default), address, push => Console.WriteLine($"* {push}"));
    while (Console.ReadLine() is { } line)
    {
        try
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Console.WriteLine(words.Length == 0 ? "" : await redis.CallAsync([.. words]));
        }
        catch (InvalidOperationException error)
        {
            Console.WriteLine($"! {error.Message}");
        }
    }

    return 0;
}
catch (Exception exception) when (exception is TransportException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
