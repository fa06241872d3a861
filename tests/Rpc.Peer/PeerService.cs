namespace NetCore.Rpc.Peer;

internal sealed class PeerService(Action poison) : IPeer
{
    private readonly TaskCompletionSource _never = new();

    public ValueTask<int> EchoAsync(int value) => new(value);

    public ValueTask HangAsync() => new(_never.Task);

    public ValueTask PoisonAsync()
    {
        poison();
        return new ValueTask(_never.Task);
    }
}
