namespace NetCore.Transport.Tests;

/// <summary>Work that never ends does not keep a reactor from its events.</summary>
public sealed class ReactorFairnessTests
{
    [Fact]
    public async Task An_item_that_posts_itself_for_ever_does_not_hold_up_events()
    {
        using var reactor = Reactors.Create();
        var heard = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var rounds = 0;
        var raisedAt = 0;
        var stop = false;
        var signal = new Reactors.Signal(reactor, () => heard.TrySetResult(rounds - raisedAt));
        await reactor.Run(signal.Add);
        Reactors.Item item = null!;
        item = new Reactors.Item(() =>
        {
            // A firehose: a pump that has more posts itself again after its share.
            if (++rounds == 1000)
            {
                raisedAt = rounds;
                signal.Raise();
            }

            if (!Volatile.Read(ref stop))
            {
                reactor.Post(item);
            }
        });
        reactor.Post(item);
        var late = await heard.Task.WaitAsync(Pair.Patience);
        Volatile.Write(ref stop, true);
        Assert.InRange(late, 0, 10);
        await reactor.Run(signal.Remove);
    }
}
