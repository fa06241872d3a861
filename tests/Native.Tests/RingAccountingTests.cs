using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>No entry is lost and none goes in twice, whatever an enter answers.</summary>
public sealed unsafe class RingAccountingTests : IDisposable
{
    private readonly FakeUring _kernel = new();
    private readonly Ring _ring;
    private ulong _next;

    public RingAccountingTests() =>
        _ring = Ring.Open(_kernel, new RingOptions { Entries = 8, CompletionEntries = 64 }).Ring!;

    public void Dispose()
    {
        _ring.Dispose();
        _kernel.Dispose();
    }

    [Theory]
    [InlineData((int)Errno.Interrupted)]
    [InlineData((int)Errno.Busy)]
    [InlineData((int)Errno.Again)]
    [Trait("Trap", "9")]
    public void What_a_failed_enter_has_not_taken_the_next_one_takes(int errno)
    {
        Fill(3);
        _kernel.Answers.Enqueue(new FakeUring.Answer((Errno)errno, Takes: 0));
        _ring.Wait(1, Ring.Forever);
        Assert.Equal(3u, _ring.Pending);
        Fill(2);
        Assert.Equal(EnterStatus.Done, _ring.Wait(1, Ring.Forever).Status);
        Assert.Equal([3u, 5u], _kernel.Enters.Select(static enter => enter.Submit));
        Assert.Equal(0u, _ring.Pending);
        AssertInOrder(5);
    }

    [Fact]
    public void An_enter_that_takes_a_part_leaves_the_rest_pending_and_is_no_wait()
    {
        Fill(5);
        _kernel.Answers.Enqueue(new FakeUring.Answer(Errno.None, Takes: 2));
        Assert.Equal(EnterStatus.Interrupted, _ring.Wait(1, Ring.Forever).Status);
        Assert.Equal(3u, _ring.Pending);
        Assert.Equal(EnterStatus.Done, _ring.Submit().Status);
        AssertInOrder(5);
    }

    [Fact]
    public void A_submission_goes_on_after_interruptions_and_parts_but_not_when_the_kernel_takes_no_more()
    {
        Fill(4);
        _kernel.Answers.Enqueue(new FakeUring.Answer(Errno.Interrupted, Takes: 0));
        _kernel.Answers.Enqueue(new FakeUring.Answer(Errno.None, Takes: 1));
        _kernel.Answers.Enqueue(new FakeUring.Answer(Errno.Busy, Takes: 0));
        Assert.Equal(new EnterResult(EnterStatus.Full, Errno.Busy), _ring.Submit());
        Assert.Equal(3u, _ring.Pending);
        Assert.Equal(EnterStatus.Done, _ring.Submit().Status);
        AssertInOrder(4);
    }

    [Fact]
    public void Nothing_to_submit_costs_no_enter()
    {
        Assert.Equal(EnterStatus.Done, _ring.Submit().Status);
        Assert.Empty(_kernel.Enters);
    }

    [Fact]
    public void A_full_queue_is_submitted_and_no_entry_is_dropped()
    {
        Fill(500);
        _ring.Submit();
        AssertInOrder(500);
        Assert.All(_kernel.Enters, static enter => Assert.Equal(EnterFlags.None, enter.Flags));
    }

    [Fact]
    public void A_full_queue_that_the_kernel_does_not_take_has_no_entry_to_give()
    {
        Fill(8);
        _kernel.Answers.Enqueue(new FakeUring.Answer(Errno.Busy, Takes: 0));
        Assert.True(_ring.TryGetEntry() is null);
        Assert.False(_ring.IsTaken(_ring.Position - 1));
        Fill(8);
        Assert.True(_ring.IsTaken(7));
        Assert.False(_ring.IsTaken(8));
        _ring.Submit();
        AssertInOrder(16);
    }

    [Fact]
    public void Entries_that_belong_together_go_in_together()
    {
        Fill(7);
        Assert.True(_ring.TryReserve(2));
        Assert.Equal(7u, Assert.Single(_kernel.Enters).Submit);
        Fill(2);
        Assert.Single(_kernel.Enters);
        Assert.False(_ring.TryReserve(9));
    }

    [Theory]
    [InlineData((int)Errno.TimerExpired, (int)EnterStatus.TimedOut)]
    [InlineData((int)Errno.Interrupted, (int)EnterStatus.Interrupted)]
    [InlineData((int)Errno.Busy, (int)EnterStatus.Full)]
    [InlineData((int)Errno.Again, (int)EnterStatus.Full)]
    [InlineData((int)Errno.BadRequest, (int)EnterStatus.Lost)]
    [InlineData((int)Errno.Exists, (int)EnterStatus.Failed)]
    [InlineData((int)Errno.BadFileState, (int)EnterStatus.Failed)]
    public void Each_error_of_a_wait_has_its_meaning(int errno, int status)
    {
        _kernel.Answers.Enqueue(new FakeUring.Answer((Errno)errno));
        var result = _ring.Wait(1, 1_500_000_000);
        Assert.Equal(new EnterResult((EnterStatus)status, (Errno)errno), result);
        Assert.Equal(result.Status is EnterStatus.Lost or EnterStatus.Failed, result.IsFatal);
        Assert.Equal(1_500_000_000, Assert.Single(_kernel.Enters).Nanoseconds);
    }

    [Fact]
    public void Completions_outside_the_queue_are_asked_for_by_each_submission()
    {
        _kernel.Flags = QueueFlags.CompletionOverflow;
        Assert.True(_ring.NeedsEnter);
        Fill(1);
        _ring.Submit();
        Assert.Equal(EnterFlags.GetEvents, Assert.Single(_kernel.Enters).Flags);
    }

    [Fact]
    public void Who_spins_sees_that_work_waits_though_the_queue_is_empty()
    {
        Assert.False(_ring.NeedsEnter);
        _kernel.Flags = QueueFlags.TaskRun;
        Assert.True(_ring.NeedsEnter);
        Assert.False(_ring.HasCompletions);
        _ring.Poll();
        Assert.Equal((0u, 0u, EnterFlags.GetEvents, null), Assert.Single(_kernel.Enters));
    }

    [Fact]
    public void Taken_completions_are_given_back_at_the_end_of_a_batch_and_not_one_by_one()
    {
        _kernel.Complete(1, 0);
        _kernel.Complete(2, 0);
        Assert.True(_ring.TryTake(out _));
        Assert.True(_ring.TryTake(out _));
        Assert.Equal(0u, _kernel.Released);
        Assert.False(_ring.TryTake(out _));
        Assert.Equal(2u, _kernel.Released);
        _kernel.Complete(3, 0);
        Assert.True(_ring.TryTake(out _));
        _ring.Poll();
        Assert.Equal(3u, _kernel.Released);
    }

    [Fact]
    public void Completions_come_in_their_order_over_many_turns_of_the_queue()
    {
        ulong next = 0;
        for (ulong i = 0; i < 1000; i++)
        {
            _kernel.Complete(i, (int)i);
            if (i % 7 != 0)
            {
                continue;
            }

            Assert.True(_ring.HasCompletions);
            while (_ring.TryTake(out var completion))
            {
                Assert.Equal((next, (int)next), (completion.Data, completion.Result));
                next++;
            }
        }

        Assert.Equal(995UL, next);
    }

    private void Fill(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var entry = _ring.TryGetEntry();
            Assert.True(entry is not null);
            entry->Nothing(_next++);
        }
    }

    private void AssertInOrder(int count)
    {
        Assert.Equal(
            Enumerable.Range(0, count).Select(static i => (ulong)i),
            _kernel.Taken.Select(static bytes => BitConverter.ToUInt64(bytes, 32)));
    }
}
