using Microsoft.Extensions.ObjectPool;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>
/// A call without an answer: it holds its slot until the server is done with it, and nobody waits for it.
/// </summary>
internal sealed class OneWayCall(ObjectPool<OneWayCall> pool) : SessionStream
{
    protected override void OnMessage(in IncomingMessage message)
    {
    }

    protected override void OnEnded(in StreamEnd end)
    {
        Life++;
        pool.Return(this);
    }
}
