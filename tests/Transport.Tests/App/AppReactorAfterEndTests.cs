namespace NetCore.Transport.Tests;

/// <summary>What comes to a reactor of the application after its end, for which nobody polls any more.</summary>
public sealed class AppReactorAfterEndTests
{
    [Fact]
    public async Task Every_item_runs_once_and_none_beside_another()
    {
        const int posters = 4;
        const int each = 2000;
        var reactor = new AppReactor();
        var executor = reactor.World.Executor;
        var before = 0;
        executor.Post(new Reactors.Item(() => before++));
        reactor.Dispose();
        Assert.Equal(1, before);

        var runs = 0;
        var inside = 0;
        var overlaps = 0;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var item = new Reactors.Item(() =>
        {
            overlaps += Interlocked.Exchange(ref inside, 1);
            if (++runs == posters * each)
            {
                done.SetResult();
            }

            Volatile.Write(ref inside, 0);
        });
        await Task.WhenAll(Enumerable.Range(0, posters).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                executor.Post(item);
            }
        })));
        await done.Task.WaitAsync(Pair.Patience);
        Assert.Equal((posters * each, 0), (runs, overlaps));
    }
}
