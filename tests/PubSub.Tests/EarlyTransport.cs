using NetCore.Core;
using NetCore.Transport;

namespace NetCore.PubSub.Tests;

/// <summary>Accepts before the one who listens knows its listener, and tells when a connection is used.</summary>
internal sealed class EarlyTransport(ITransport inner) : ITransport
{
    /// <summary>Gives the listener to the one who waits for it.</summary>
    public TaskCompletionSource Go { get; } = new();

    /// <summary>What happens between the first look at a new connection and what else is done with it.</summary>
    public Action? OnUse { get; set; }

    public string Backend => inner.Backend;

    public async ValueTask<Listener> ListenAsync(
        TransportAddress address,
        Action<Connection> onAccepted,
        ListenOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var listener = await inner.ListenAsync(
            address, connection => onAccepted(new Watched(connection, this)), options, cancellationToken);
        await Go.Task;
        return listener;
    }

    public ValueTask<Connection> ConnectAsync(
        TransportAddress address,
        ConnectOptions? options = null,
        CancellationToken cancellationToken = default) =>
        inner.ConnectAsync(address, options, cancellationToken);

    private IExecutor Use(IExecutor executor)
    {
        var onUse = OnUse;
        OnUse = null;
        onUse?.Invoke();
        return executor;
    }

    private sealed class Watched(Connection inner, EarlyTransport transport) : Connection
    {
        public override string Id => inner.Id;

        public override string Backend => inner.Backend;

        public override TransportAddress LocalAddress => inner.LocalAddress;

        public override TransportAddress RemoteAddress => inner.RemoteAddress;

        public override ConnectionCapabilities Capabilities => inner.Capabilities;

        public override IExecutor Executor => transport.Use(inner.Executor);

        public override ConnectionStatistics Statistics => inner.Statistics;

        public override void Start(IReceiver receiver, ISendSource source) => inner.Start(receiver, source);

        public override void RequestSend() => inner.RequestSend();

        public override void HoldSends() => inner.HoldSends();

        public override void ReleaseSends() => inner.ReleaseSends();

        public override void RunAfterBatch(IThreadPoolWorkItem item) => inner.RunAfterBatch(item);

        public override void PauseReceive() => inner.PauseReceive();

        public override void ResumeReceive() => inner.ResumeReceive();

        public override void Abort(TransportError reason = TransportError.Aborted, string? detail = null) =>
            inner.Abort(reason, detail);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
