namespace NetCore.Bench.Tests;

public sealed class TopicMeterTests : IDisposable
{
    private const int Bytes = 128;

    private readonly TopicMeter _meter = new(2, Bytes);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public void The_slowest_subscriber_counts()
    {
        _meter.Deliver(0, Message(0));
        _meter.Deliver(0, Message(1));
        Assert.Equal(0, _meter.Slowest);
        _meter.Deliver(1, Message(0));
        Assert.Equal(1, _meter.Slowest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_message_that_comes_twice_or_too_early_is_an_error(long number)
    {
        _meter.Deliver(0, Message(0));
        _meter.Deliver(0, Message(number));
        Assert.Throws<BenchException>(() => _meter.Slowest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(127)]
    public void A_changed_byte_is_an_error(int at)
    {
        var message = Message(0);
        message[at] ^= 1;
        _meter.Deliver(0, message);
        Assert.Throws<BenchException>(() => _meter.Slowest);
    }

    [Fact]
    public void A_message_that_was_cut_is_an_error()
    {
        _meter.Deliver(0, Message(0).AsSpan(0, Bytes - 1));
        Assert.Throws<BenchException>(() => _meter.Slowest);
    }

    [Fact]
    public async Task Who_waits_for_a_burst_is_woken_by_the_last_subscriber_that_has_it()
    {
        var waiting = Task.Factory.StartNew(
            () => _meter.WaitFor(TopicMeter.Burst), TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);
        for (var subscriber = 0; subscriber < 2; subscriber++)
        {
            for (var i = 0; i < TopicMeter.Burst; i++)
            {
                _meter.Deliver(subscriber, Message(i));
            }

            Assert.True(subscriber == 1 || !waiting.IsCompleted);
        }

        await waiting;
    }

    [Fact]
    public void A_failure_wakes_who_waits()
    {
        _meter.Fail("The broker is gone.");
        Assert.Throws<BenchException>(() => _meter.WaitFor(TopicMeter.Burst));
    }

    private byte[] Message(long number)
    {
        var message = new byte[Bytes];
        _meter.Write(message, number);
        return message;
    }
}
