using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The stream of a call at the server: it only passes on to its call.</summary>
internal sealed class ServerStream(ServerCall call) : SessionStream
{
    public void NextLife() => Life++;

    protected override void OnMessage(in IncomingMessage message) => call.OnRequest(in message);

    protected override void OnEnded(in StreamEnd end) => call.OnStreamEnded(in end);
}
