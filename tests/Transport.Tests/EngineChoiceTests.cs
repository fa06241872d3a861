using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Which engine moves the bytes of who names none.</summary>
public sealed class EngineChoiceTests
{
    [Theory]
    [InlineData(TransportEngine.Auto, null, true, TransportEngine.Epoll, "passed its self-test")]
    [InlineData(TransportEngine.Auto, "", true, TransportEngine.Epoll, "passed its self-test")]
    [InlineData(TransportEngine.Auto, null, false, TransportEngine.Sockets, "not available: no such call")]
    [InlineData(TransportEngine.Auto, "sockets", true, TransportEngine.Sockets, "NETCORE_TRANSPORT=sockets")]
    [InlineData(TransportEngine.Auto, " Epoll ", true, TransportEngine.Epoll, "NETCORE_TRANSPORT=Epoll")]
    [InlineData(TransportEngine.Sockets, null, true, TransportEngine.Sockets, "options")]
    [InlineData(TransportEngine.Sockets, "epoll", true, TransportEngine.Epoll, "NETCORE_TRANSPORT=epoll")]
    [InlineData(TransportEngine.Epoll, null, true, TransportEngine.Epoll, "options")]
    [InlineData(TransportEngine.Epoll, "sockets", false, TransportEngine.Sockets, "NETCORE_TRANSPORT=sockets")]
    [InlineData(TransportEngine.Uring, null, true, TransportEngine.Uring, "options")]
    [InlineData(TransportEngine.Auto, "Uring", true, TransportEngine.Uring, "NETCORE_TRANSPORT=Uring")]
    [InlineData(TransportEngine.Uring, "auto", true, TransportEngine.Epoll, "epoll has passed")]
    [InlineData(TransportEngine.Epoll, "auto", false, TransportEngine.Sockets, "not available: no such call")]
    public void The_environment_goes_before_the_options_and_these_before_the_self_test(
        TransportEngine asked, string? variable, bool works, TransportEngine expected, string reason)
    {
        var answer = new ProbeAnswer(works ? null : "no such call");
        var choice = EngineChoice.Make(asked, variable, static () => null, _ => answer);
        Assert.Equal(expected, choice.Engine);
        Assert.Contains(reason, choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransportEngine.Uring, true, "epoll has passed its self-test; NETCORE_TRANSPORT=auto overrides uring")]
    [InlineData(TransportEngine.Epoll, true, "epoll has passed its self-test; NETCORE_TRANSPORT=auto overrides epoll")]
    [InlineData(TransportEngine.Uring, false,
        "epoll is not available: no such call; NETCORE_TRANSPORT=auto overrides uring")]
    public void An_environment_that_asks_for_none_overrides_the_options_and_the_reason_tells(
        TransportEngine asked, bool works, string reason)
    {
        var answer = new ProbeAnswer(works ? null : "no such call");
        Assert.Equal(
            $"{reason} of the options", EngineChoice.Make(asked, "auto", static () => null, _ => answer).Reason);
        Assert.DoesNotContain(
            "overrides",
            EngineChoice.Make(TransportEngine.Auto, "auto", static () => null, _ => answer).Reason,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransportEngine.Epoll, null, "options", "no such call")]
    [InlineData(TransportEngine.Auto, "epoll", "NETCORE_TRANSPORT=epoll", "no such call")]
    [InlineData(TransportEngine.Uring, null, "The io_uring engine (the options", "no such call")]
    [InlineData(TransportEngine.Auto, "uring", "NETCORE_TRANSPORT=uring", "no such call")]
    [InlineData(TransportEngine.Auto, "iocp", "NETCORE_TRANSPORT=iocp", "names no engine")]
    [InlineData(TransportEngine.Auto, "2", "NETCORE_TRANSPORT=2", "names no engine")]
    public void What_is_forced_and_cannot_be_is_an_error_that_names_the_reason_and_the_alternatives(
        TransportEngine asked, string? variable, string by, string reason)
    {
        var error = Assert.Throws<TransportException>(
            () => EngineChoice.Make(asked, variable, static () => null, static _ => new ProbeAnswer("no such call")));
        Assert.Equal(TransportError.EngineNotAvailable, error.Error);
        Assert.Contains(by, error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Ask for one of: auto, sockets", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_self_test_that_failed_for_want_of_something_says_what_to_do_about_that()
    {
        var error = Assert.Throws<TransportException>(static () => EngineChoice.Make(
            TransportEngine.Uring, null, static () => null, static _ => new ProbeAnswer("no memory", true)));
        Assert.Equal(TransportError.OutOfResources, error.Error);
        Assert.EndsWith(
            "no memory. Raise that limit, or ask for one of: auto, sockets, epoll.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "epoll")]
    [InlineData("auto", "epoll")]
    [InlineData("epoll", "epoll")]
    [InlineData("sockets", "sockets")]
    [InlineData("uring", "uring")]
    public async Task A_process_runs_on_the_engine_of_its_environment(string? forced, string backend)
    {
        using var process = await PeerProcess.StartAsync("default", forced: forced);
        Assert.Equal(backend, (await process.AskAsync()).Backend);
    }

    [Fact]
    public async Task A_process_with_an_unknown_engine_ends_with_the_error()
    {
        var error = await PeerProcess.FailAsync("default", forced: "iocp");
        Assert.Contains("NETCORE_TRANSPORT=iocp names no engine", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_self_test_passes_here_and_says_what_a_kernel_lacks()
    {
        Assert.Null(EpollProbe.Run(new SystemCalls()).Failure);
        Assert.Equal("arrived bytes are not told", EpollProbe.Run(new Broken(send: false)).Failure);
        Assert.Equal("a receive does not give what is there", EpollProbe.Run(new Broken(receive: false)).Failure);
        Assert.Equal("a second write to an eventfd is no new edge", EpollProbe.Run(new Broken(waits: 2)).Failure);
        Assert.Equal("an edge is told twice", EpollProbe.Run(new Broken(repeats: true)).Failure);
        Assert.StartsWith("epoll_wait failed", EpollProbe.Run(new Broken(waits: -1)).Failure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_self_test_of_the_ring_passes_here_and_says_why_there_is_none()
    {
        Assert.Null(UringProbe.Run(new UringKernel()).Failure);
        Assert.Contains("forbidden", UringProbe.Run(new RefusedRing(Errno.NotPermitted)).Failure);
        Assert.Contains("no io_uring", UringProbe.Run(new RefusedRing(Errno.NotImplemented)).Failure);
        Assert.True(UringProbe.Run(new RefusedRing(Errno.TooManyFiles)).IsShortage);
    }

    [Theory]
    [InlineData((int)Errno.TooManyFiles)]
    [InlineData((int)Errno.FileTableFull)]
    [InlineData((int)Errno.NoMemory)]
    public void A_self_test_that_failed_for_want_of_descriptors_or_memory_is_made_again(int shortage)
    {
        var made = 0;
        var probe = new EngineProbe(
            () => EpollProbe.Run(++made <= 2 ? new Broken(waits: -1, waitError: (Errno)shortage) : new Broken()));
        Assert.StartsWith("epoll_wait failed", probe.Answer.Failure, StringComparison.Ordinal);
        Assert.StartsWith("epoll_wait failed", probe.Answer.Failure, StringComparison.Ordinal);
        Assert.Null(probe.Answer.Failure);
        Assert.Null(probe.Answer.Failure);
        Assert.Equal(3, made);
    }

    [Fact]
    public void A_self_test_that_failed_for_what_the_kernel_lacks_is_not_made_again()
    {
        var made = 0;
        var probe = new EngineProbe(() => EpollProbe.Run(++made == 1 ? new Broken(waits: -1) : new Broken()));
        Assert.NotNull(probe.Answer.Failure);
        Assert.NotNull(probe.Answer.Failure);
        Assert.Equal(1, made);
    }

    [Fact]
    public async Task The_same_options_give_the_same_transport_which_ends_with_its_world_and_is_logged_once()
    {
        Assert.SkipWhen(
            Environment.GetEnvironmentVariable(EngineChoice.Variable) is not null, "The environment goes before.");
        var log = new LogCapture();
        var world = new World(new WorldOptions { LoggerFactory = log });
        var epoll = new TransportOptions { Engine = TransportEngine.Epoll, Reactors = 1 };
        var transport = Transports.Create(world, epoll);
        Assert.Same(transport, Transports.Create(world, epoll with { }));
        Assert.NotSame(transport, Transports.Create(world, epoll with { Wait = WaitPolicy.Adaptive }));
        var line = Assert.Single(
            log.Lines, static line => line.Text.Contains("The engine of", StringComparison.Ordinal));
        Assert.Contains(transport.Backend, line.Text, StringComparison.Ordinal);
        world.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await transport.ConnectAsync("tcp://127.0.0.1:1"));
        Assert.Throws<ObjectDisposedException>(() => Transports.Create(world, epoll));
    }

    // A kernel without something: a send that fails, a receive that gives nothing, waits that see only so much, events
    // that come again.
    private sealed class Broken(
        bool send = true, bool receive = true, int waits = int.MaxValue, bool repeats = false,
        Errno waitError = Errno.NotImplemented) : ISystemCalls
    {
        private readonly SystemCalls _kernel = new();
        private int _waits = waits;

        public SyscallResult Receive(int descriptor, Span<byte> into) =>
            receive ? _kernel.Receive(descriptor, into) : SyscallResult.Failed(Errno.Again);

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) =>
            send ? _kernel.Send(descriptor, bytes) : SyscallResult.Failed(Errno.NotImplemented);

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) => _kernel.Send(descriptor, vectors);

        public SyscallResult Accept(int listener) => _kernel.Accept(listener);

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
            _waits < 0 ? SyscallResult.Failed(waitError)
            : _waits == 0 ? default : Seen(_kernel.Wait(epoll, events, timeoutMilliseconds));

        private SyscallResult Seen(SyscallResult result)
        {
            _waits--;
            return repeats && result.Value == 0 ? new SyscallResult(1, Errno.None) : result;
        }
    }
}
