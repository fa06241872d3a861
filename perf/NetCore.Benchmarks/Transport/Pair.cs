using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>A connection whose one end sends and whose other end is left to the benchmark to start.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly Connection _sending;

    private Pair(Connection sending, Connection receiving, int sendBytes)
    {
        _sending = sending;
        Receiving = receiving;
        Source = new ByteSource(sending, sendBytes);
        sending.Start(new DeafReceiver(), Source);
    }

    public ByteSource Source { get; }

    public Connection Receiving { get; }

    public static async Task<Pair> ConnectAsync(ITransport transport, int sendBytes)
    {
        var accepted = new TaskCompletionSource<Connection>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listener = await transport.ListenAsync("tcp://127.0.0.1:0", accepted.SetResult);
        var sending = await transport.ConnectAsync(listener.Address);
        return new Pair(sending, await accepted.Task, sendBytes);
    }

    public async ValueTask DisposeAsync()
    {
        await _sending.DisposeAsync();
        await Receiving.DisposeAsync();
    }
}
