namespace NetCore.Core.Tests;

public sealed class ByteBudgetTests
{
    [Fact]
    public void A_budget_grants_up_to_its_limit_and_not_a_byte_more()
    {
        var budget = new ByteBudget(2000);
        Assert.True(budget.TryReserve(2000));
        Assert.True(budget.TryReserve(0));
        Assert.False(budget.TryReserve(1));
        Assert.False(budget.TryReserve(long.MaxValue));
        Assert.Equal(2000, budget.Used);
        budget.Release(2000);
        Assert.False(budget.TryReserve(2001));
        Assert.Equal(0, budget.Used);
    }

    [Fact]
    public void What_was_never_reserved_cannot_be_released()
    {
        var budget = new ByteBudget(2000);
        Assert.True(budget.TryReserve(10));
        Assert.Throws<InvalidOperationException>(() => budget.Release(11));
        Assert.Equal(10, budget.Used);
        Assert.Throws<ArgumentOutOfRangeException>(() => budget.Release(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => budget.TryReserve(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ByteBudget(0));
    }

    // Each thread fits in beside the others; only requests that could never be granted are made on top.
    [Fact]
    public async Task Threads_never_pass_the_limit_and_hopeless_requests_refuse_nobody_else()
    {
        const int threads = 4;
        const int share = 1000;
        var budget = new ByteBudget(threads * share);
        await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var bytes = 1 + ((i * 31 * (thread + 1)) % share);
                Assert.True(budget.TryReserve(bytes), "a request that fits was refused");
                Assert.False(budget.TryReserve(budget.Limit));
                Assert.InRange(budget.Used, bytes, budget.Limit);
                budget.Release(bytes);
            }
        })));
        Assert.Equal(0, budget.Used);
    }
}
