using System.Net;

namespace NetCore.Transport.Internal;

/// <summary>Connects on the reactors.</summary>
internal sealed class ReactorConnector
{
    private readonly ReactorHost _host;
    private readonly Connector<Connection> _connector;

    public ReactorConnector(ReactorHost host)
    {
        _host = host;
        _connector = new Connector<Connection>(host.World, ConnectOneAsync, static second => second.DisposeAsync());
    }

    public ValueTask<Connection> ConnectAsync(TransportAddress address, TimeSpan timeout, CancellationToken token) =>
        _connector.ConnectAsync(address, timeout, token);

    private async Task<Connection> ConnectOneAsync(TransportAddress address, EndPoint end, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var attempt = _host.CreateConnect(address, end);
        await using var registration = token.UnsafeRegister(
            static state => ((ReactorConnect)state!).Cancel(), attempt).ConfigureAwait(false);
        attempt.Start();
        return await attempt.Task.ConfigureAwait(false)
            ?? throw new OperationCanceledException("The attempt was cancelled.", token);
    }
}
