namespace NetCore.Bench.Tests;

public class RpcRunTests
{
    [Fact]
    public void A_stop_is_not_undone_by_a_caller_that_asks_in_the_same_moment()
    {
        // The moment is a few nanoseconds long, so it is tried often.
        for (var i = 0; i < 300; i++)
        {
            var run = new RpcRun(new ThreadLatency(), null);
            using var asking = new ManualResetEventSlim();
            var over = false;
            var caller = new Thread(() =>
            {
                while (run.MayStart() && !Volatile.Read(ref over))
                {
                    asking.Set();
                }
            });
            caller.Start();
            asking.Wait(TestContext.Current.CancellationToken);
            run.Stop();
            var stopped = !run.MayStart();
            Volatile.Write(ref over, true);
            caller.Join();
            Assert.True(stopped && !run.MayStart());
        }
    }

    [Fact]
    public void A_run_of_one_call_is_over_after_it_until_it_is_asked_for_another()
    {
        var run = new RpcRun(new ThreadLatency(), null, once: true);
        Assert.True(run.MayStart());
        Assert.False(run.MayStart());
        run.Again();
        Assert.True(run.MayStart());
    }
}
