using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Rpc.Tests;

/// <summary>A connection that only counts what holds its sends.</summary>
internal sealed class GatheringConnection(World world) : Connection
{
    /// <summary>Holds that were not released.</summary>
    public int Holds { get; private set; }

    /// <summary>Times at which the last hold was released: each is a send.</summary>
    public int Sends { get; private set; }

    public override string Id => "gathering1";

    public override string Backend => "gathering";

    public override TransportAddress LocalAddress => "inproc://gathering";

    public override TransportAddress RemoteAddress => "inproc://peer";

    public override ConnectionCapabilities Capabilities => ConnectionCapabilities.None;

    public override IExecutor Executor => world.Executor;

    public override ConnectionStatistics Statistics => default;

    public override void Start(IReceiver receiver, ISendSource source) => throw new NotSupportedException();

    public override void RequestSend() => throw new NotSupportedException();

    public override void HoldSends() => Holds++;

    public override void ReleaseSends()
    {
        Holds--;
        Assert.True(Holds >= 0);
        Sends += Holds == 0 ? 1 : 0;
    }

    public override void RunAfterBatch(IThreadPoolWorkItem item) => world.Executor.Post(item);

    public override void PauseReceive() => throw new NotSupportedException();

    public override void ResumeReceive() => throw new NotSupportedException();

    public override void Abort(TransportError reason = TransportError.Aborted, string? detail = null)
    {
    }

    public override ValueTask DisposeAsync() => default;
}
