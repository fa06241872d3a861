namespace NetCore.Core.Tests;

public sealed class LocalStackTests
{
    private readonly OneThread _executor = new();

    [Fact]
    public void It_gives_the_last_first_and_keeps_no_more_than_its_capacity()
    {
        var stack = new LocalStack<string>(_executor, 5);
        Assert.All(Enumerable.Range(0, 5), i => Assert.True(stack.TryPush($"{i}")));
        Assert.False(stack.TryPush("5"));
        for (var i = 4; i >= 0; i--)
        {
            Assert.True(stack.TryPop(out var item));
            Assert.Equal($"{i}", item);
        }

        Assert.False(stack.TryPop(out _));
    }

    [Fact]
    public void For_another_thread_it_is_empty_and_full()
    {
        var stack = new LocalStack<string>(_executor, 5);
        Assert.True(stack.TryPush("a"));
        _executor.IsCurrentThread = false;
        Assert.False(stack.TryPop(out _));
        Assert.False(stack.TryPush("b"));
        _executor.IsCurrentThread = true;
        Assert.True(stack.TryPop(out var item));
        Assert.Equal("a", item);
    }

    [Fact]
    public void It_does_nothing_for_an_executor_of_many_threads() =>
        Assert.False(new LocalStack<string>(new ThreadPoolExecutor(), 5).TryPush("a"));
}
