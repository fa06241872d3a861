using NetCore.Fuzz.Servers;
using NetCore.Fuzz.Sessions;
using NetCore.PubSub;
using NetCore.Rpc;
using NetCore.Session;
using NetCore.Testing.Shared;
using NetCore.Transport;

namespace NetCore.Fuzz.Clients;

/// <summary>A client that is greeted by its server, which then says any frames.</summary>
internal static class ClientCheck
{
    // The answers that a client waits for when it is closed: its end, and those of its subscriptions before.
    private static readonly TimeSpan LongestEnd =
        TimeSpan.FromMilliseconds((3.0 * PubSubLimits.DefaultAnswerTimeoutMilliseconds) + 1000);

    private static readonly FuzzWorlds Worlds = new();

    /// <summary>Responses and items on the streams of calls, and calls of the server's own.</summary>
    public static void Answers(ReadOnlyMemory<byte> input) => Run(input, static (script, connection, world) =>
    {
        var connecting = RpcClient.ConnectAsync("inproc://fuzz", new RpcClientOptions
        {
            World = world.World,
            Transport = new FuzzTransport { Connection = connection },
            Session = script.Options,
            Continuations = script.Otherwise ? RpcContinuations.Reactor : RpcContinuations.Pool,
            Services = script.Answers ? new FuzzedDispatcher(new Fuzzed()) : null,
        });
        return new FuzzedCalls(connecting.AsTask(), script);
    });

    /// <summary>Blocks of a broker, on stream 1.</summary>
    public static void Deliveries(ReadOnlyMemory<byte> input) => Run(input, static (script, connection, world) =>
        new FuzzedTopics(ConnectAsync(script, connection, world.World), script));

    private static async Task<TopicClient> ConnectAsync(
        SessionScript script, FuzzConnection connection, Core.World world)
    {
        var transport = new FuzzTransport { Connection = connection };
        if (!script.Otherwise)
        {
            return await TopicClient.ConnectAsync("inproc://fuzz", new TopicClientOptions
            {
                World = world, Transport = transport, Session = script.Options,
            });
        }

        var calls = await RpcClient.ConnectAsync("inproc://fuzz", new RpcClientOptions
        {
            World = world, Transport = transport, Session = script.Options,
        });
        return await TopicClient.OverAsync(calls.Session);
    }

    private static void Run(
        ReadOnlyMemory<byte> input, Func<SessionScript, FuzzConnection, TestWorld, IFuzzedClient> connect)
    {
        if (input.Length < SessionScript.Bytes)
        {
            return;
        }

        try
        {
            var script = new SessionScript(input.Span);
            var world = Worlds.Of(script);
            var connection = new FuzzConnection(world.World, script.InBlocks);
            var client = connect(script, connection, world);
            Play(script, world, connection, client, input.Span[SessionScript.Bytes..]);
        }
        catch
        {
            Worlds.Forget();
            throw;
        }
    }

    private static void Play(
        SessionScript script,
        TestWorld world,
        FuzzConnection connection,
        IFuzzedClient client,
        ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> all = [.. Greeting.Hello, .. client.Welcome, .. input];
        world.Settle();
        var arrived = Greeting.Hello.Length;
        connection.Deliver(all, arrived);
        world.Settle();
        client.Start();
        world.Settle();
        Feed.Say(all, arrived, script, world, connection, () =>
        {
            connection.IsBlocked = script.Next(3) == 0;
            connection.RequestSend();
            client.Act();
            world.Advance(TimeSpan.FromMilliseconds(script.Next(20)));
        });

        End(script, world, connection, client);
        OutputCheck.Judge(connection.Output, connector: true);
        BrokenLawException.Unless(world.World.Blocks.Outstanding == 0 && world.World.Budget.Used == 0);
        BrokenLawException.Unless(world.World.Timers.Count == 0 && world.Executor.Pending == 0);
    }

    private static void End(
        SessionScript script, TestWorld world, FuzzConnection connection, IFuzzedClient client)
    {
        connection.Unblock();
        if (script.EndsInput)
        {
            connection.EndInput();
            world.Settle();
        }

        client.Finish();
        world.Settle();
        var ended = Task.CompletedTask;
        if (script.Drains)
        {
            ended = client.EndAsync();
            world.Advance(LongestEnd);
        }

        connection.Abort();
        world.Settle();
        BrokenLawException.Unless(client.IsOver);
        BrokenLawException.Unless(ended.IsCompleted);
        if (ended.Exception is { } exception)
        {
            throw exception;
        }
    }
}
