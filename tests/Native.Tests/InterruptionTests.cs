namespace NetCore.Native.Tests;

/// <summary>Calls that a signal interrupts.</summary>
public sealed class InterruptionTests
{
    private readonly Script _script = new();
    private readonly RepeatingCalls<Interrupting> _calls;

    public InterruptionTests() => _calls = new RepeatingCalls<Interrupting>(new Interrupting(_script));

    [Fact]
    public void An_interrupted_call_is_repeated_until_the_kernel_answers()
    {
        Check(() => _calls.Receive(7, new byte[10]));
        Check(() => _calls.Send(7, new byte[10]));
        Check(() => _calls.Send(7, new IoVector[2]));
        Check(() => _calls.Accept(7));
    }

    [Fact]
    public void An_error_that_is_no_interruption_is_told_at_once()
    {
        _script.Answers.Enqueue(SyscallResult.Failed(Errno.ConnectionReset));
        Assert.Equal(Errno.ConnectionReset, _calls.Receive(7, new byte[10]).Error);
        Assert.Equal(1, _script.Calls);
    }

    [Fact]
    public void An_interrupted_wait_has_no_events_and_is_not_repeated()
    {
        using var events = new EpollEvents(1);
        _script.Answers.Enqueue(SyscallResult.Failed(Errno.Interrupted));
        Assert.Equal(new SyscallResult(0, Errno.None), _calls.Wait(7, events, -1));
        Assert.Equal(1, _script.Calls);
    }

    private void Check(Func<SyscallResult> call)
    {
        _script.Calls = 0;
        for (var i = 0; i < 3; i++)
        {
            _script.Answers.Enqueue(SyscallResult.Failed(Errno.Interrupted));
        }

        _script.Answers.Enqueue(new SyscallResult(5, Errno.None));
        Assert.Equal(new SyscallResult(5, Errno.None), call());
        Assert.Equal(4, _script.Calls);
    }

    private sealed class Script
    {
        public Queue<SyscallResult> Answers { get; } = new();

        public int Calls { get; set; }

        public SyscallResult Next()
        {
            Calls++;
            return Answers.Dequeue();
        }
    }

    private readonly struct Interrupting(Script script) : ISystemCalls
    {
        public SyscallResult Receive(int descriptor, Span<byte> into) => script.Next();

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) => script.Next();

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => script.Next();

        public SyscallResult Accept(int listener) => script.Next();

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) => script.Next();
    }
}
