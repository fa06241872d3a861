using System.Buffers.Binary;
using NetCore.Framing;
using NetCore.Fuzz.Sessions;
using NetCore.PubSub;
using NetCore.Rpc;

namespace NetCore.Fuzz.Servers;

/// <summary>A server whose client is greeted and then says any frames.</summary>
internal static class ServerCheck
{
    // What a pool that tracks keeps, and topics that were published to, go with the server.
    private const int InputsOfAServer = 500;

    private static readonly TimeSpan LongestCall = TimeSpan.FromMilliseconds(RpcLimits.MaxTimeoutMilliseconds + 1000.0);
    private static readonly byte[] Attach = MakeAttach();
    private static readonly ServerRig?[] Rigs = new ServerRig?[2];
    private static int _inputs;

    /// <summary>Requests, items and whatever else comes on streams of calls.</summary>
    public static void Calls(ReadOnlyMemory<byte> input) => Run(input, []);

    /// <summary>Blocks on stream 1, on which a client of topics has attached.</summary>
    public static void Topics(ReadOnlyMemory<byte> input) => Run(input, Attach);

    private static void Run(ReadOnlyMemory<byte> input, byte[] attach)
    {
        if (input.Length < SessionScript.Bytes)
        {
            return;
        }

        var script = new SessionScript(input.Span);
        ref var rig = ref Rigs[script.IsPoor ? 1 : 0];
        if (rig is null || ++_inputs % InputsOfAServer == 0)
        {
            rig?.Dispose();

            // Continuations on a thread with a context would leave the stepped world.
            SynchronizationContext.SetSynchronizationContext(null);
            rig = new ServerRig(keeps: script.IsPoor);
        }

        try
        {
            Play(rig, script, input.Span[SessionScript.Bytes..], attach);
        }
        catch
        {
            // What is left behind in the world would be found again by every later input.
            rig = null;
            throw;
        }
    }

    private static void Play(ServerRig rig, SessionScript script, ReadOnlySpan<byte> input, byte[] attach)
    {
        var connection = rig.Connect(script.InBlocks);
        ReadOnlySpan<byte> all = [.. Greeting.Hello, .. attach, .. input];
        Feed.Say(all, 0, script, rig.Test, connection, () =>
        {
            connection.IsBlocked = script.Next(3) == 0;
            connection.RequestSend();
            rig.Test.Advance(TimeSpan.FromMilliseconds(script.Next(20)));
        });

        connection.Unblock();
        if (script.EndsInput)
        {
            connection.EndInput();
            rig.Test.Settle();
        }

        connection.Abort();
        rig.Test.Settle();
        if (rig.Service.Running > 0)
        {
            // A call whose caller waits for no answer does not end with the connection but at its deadline.
            rig.Test.Advance(LongestCall);
        }

        BrokenLawException.Unless(rig.Peers == 0);
        BrokenLawException.Unless(rig.Service.Running == 0);
        BrokenLawException.Unless(rig.Test.Executor.Pending == 0);
        OutputCheck.Judge(connection.Output, connector: false);
        BrokenLawException.Unless(rig.Keeps || rig.Test.World.Blocks.Outstanding == 0);
    }

    private static byte[] MakeAttach()
    {
        // W-90 of docs/wire-format.md: version 1 and the delivery window.
        byte[] block = [1, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(12), PubSubLimits.DeliveryWindowBytes);
        return Greeting.Frame(FrameKind.Open, UpperProtocol.PubSub, 1, block);
    }
}
