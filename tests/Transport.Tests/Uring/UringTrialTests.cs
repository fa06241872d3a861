using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The self-test of the ring, on kernels with a defect or without something.</summary>
public sealed class UringTrialTests
{
    // What comes with the requests of the self-test.
    private const ulong WakeUp = 1;
    private const ulong Receive = 2;
    private const ulong Send = 3;
    private const ulong Accept = 5;
    private const ulong ReceiveAgain = 6;

    private static readonly Func<Completion, Completion> OtherDescriptor = static completion =>
        completion.Data == Accept && completion.Result >= 0
            ? With(completion, Exchange(completion.Result)) : completion;

    [Fact]
    [Trait("Trap", "24")]
    public void It_says_what_a_kernel_does_otherwise()
    {
        Assert.Null(Failure(static completion => completion));
        Assert.Equal(
            "a write to an eventfd is no completion each time",
            Failure(static completion => completion.Data == WakeUp
                ? new Completion(WakeUp, completion.Result, completion.Flags & ~CompletionFlags.More) : completion));
        Assert.Equal("a poll cannot be cancelled", Failure(EndsOtherwise(WakeUp)));
        Assert.Equal("a send does not send", Failure(static completion =>
            completion.Data == Send ? With(completion, -(int)Errno.NotImplemented) : completion));
    }

    [Fact]
    public void What_a_kernel_does_otherwise_names_the_switch_that_does_without_and_is_not_tried_then()
    {
        const string buffers = "(NETCORE_URING_DISABLE=buffers does without)";
        const string accepts = "(NETCORE_URING_DISABLE=multishot-accept does without)";
        AssertForbids(RingFeatures.BufferRing, $"arrived bytes do not complete a receive {buffers}", NoBytes);
        AssertForbids(
            RingFeatures.BufferRing,
            $"the lack of a buffer is told as Again {buffers}",
            static completion => completion.Error == Errno.NoBuffers
                ? With(completion, -(int)Errno.Again) : completion);
        AssertForbids(RingFeatures.AcceptMultishot, $"an accept gives another descriptor {accepts}", OtherDescriptor);
        AssertForbids(RingFeatures.AcceptMultishot, $"an accept cannot be cancelled {accepts}", EndsOtherwise(Accept));

        // A poll takes the place of the receive, and this kernel does not cancel that either.
        Assert.Equal($"a receive cannot be cancelled {buffers}", Failure(EndsOtherwise(Receive)));
        Assert.Equal("a receive cannot be cancelled", Failure(EndsOtherwise(Receive), RingFeatures.BufferRing));
    }

    [Fact]
    public void A_kernel_that_does_not_receive_again_and_again_is_good_enough_and_the_reason_is_told()
    {
        Assert.Null(UringProbe.Run(new LyingRing(static completion => completion)).NoMultishot);
        foreach (var (lie, reason) in new[]
        {
            (ReceivesOnce, "does not complete each time"), (EndsOtherwise(ReceiveAgain), "cannot be cancelled"),
        })
        {
            var answer = UringProbe.Run(new LyingRing(lie));
            Assert.Null(answer.Failure);
            Assert.Contains(reason, answer.NoMultishot, StringComparison.Ordinal);
        }

        using var reactor = new AppReactor(
            new AppReactorOptions { Engine = TransportEngine.Uring },
            new WorldOptions(),
            new SystemCalls(),
            new LyingRing(ReceivesOnce));
        Assert.Contains("does not complete each time", reactor.Transport.BackendReason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reason_of_a_transport_says_what_it_does_without()
    {
        using var world = new World(new WorldOptions());
        world.GetOrAdd(static _ => new EngineProbes(static _ => new ProbeAnswer(null) { NoMultishot = "it ends" }));
        const string remark = "each receive is a request of its own: it ends";
        using (var transport = new UringTransport(world, new UringTransportOptions { Reactors = 1 }))
        {
            Assert.Equal($"{ITransport.MadeByCode}; {remark}", transport.BackendReason);
        }

        using (var transport = new UringTransport(
            world, new UringTransportOptions { Reactors = 1, MultishotReceive = false }))
        {
            Assert.Equal(ITransport.MadeByCode, transport.BackendReason);
        }

        var chosen = Transports.Create(world, new TransportOptions { Engine = TransportEngine.Uring });
        Assert.EndsWith($"; {remark}", chosen.BackendReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((int)Errno.TooManyFiles)]
    [InlineData((int)Errno.FileTableFull)]
    [InlineData((int)Errno.NoMemory)]
    public void An_accept_without_descriptors_or_memory_is_a_shortage(int error)
    {
        var answer = UringProbe.Run(new LyingRing(completion =>
        {
            if (completion.Data != Accept || completion.Result < 0)
            {
                return completion;
            }

            Sockets.Close(completion.Result);
            return With(completion, -error);
        }));
        Assert.NotNull(answer.Failure);
        Assert.True(answer.IsShortage, answer.Failure);
    }

    [Fact]
    public void Buffers_without_memory_are_a_shortage_and_a_kernel_without_buffers_is_none()
    {
        Assert.Equal(
            new ProbeAnswer("the limit of locked memory (ulimit -l) is used up", IsShortage: true),
            UringProbe.Run(new LyingRing(static completion => completion, Errno.NoMemory)));
        Assert.Null(UringProbe.Run(
            new LyingRing(static completion => completion, Errno.NoMemory), RingFeatures.BufferRing).Failure);
        Assert.Equal(
            new ProbeAnswer(null) { NoMultishot = "there are no buffers for it" },
            UringProbe.Run(new LyingRing(static completion => completion, Errno.NotImplemented)));
    }

    [Fact]
    public void Each_set_of_forbidden_features_is_tried_once_for_a_world()
    {
        var runs = new List<RingFeatures>();
        var probes = new EngineProbes(disabled =>
        {
            runs.Add(disabled);
            return new ProbeAnswer($"without {disabled}");
        });
        RingFeatures[] forbidden = [RingFeatures.None, RingFeatures.BufferRing];
        foreach (var features in (RingFeatures[])[.. forbidden, .. forbidden])
        {
            Assert.Equal($"without {features}", probes.AskUring(features).Failure);
        }

        Assert.Equal(forbidden, runs);
    }

    [Fact]
    public void A_transport_that_is_made_by_hand_is_made_only_where_the_self_test_passes()
    {
        using var world = new World(new WorldOptions());
        world.GetOrAdd(static _ => new EngineProbes(static _ => new ProbeAnswer("no such call")));
        var error = Assert.Throws<TransportException>(() => new UringTransport(world));
        Assert.Equal(TransportError.EngineNotAvailable, error.Error);
        Assert.Equal(
            "The io_uring engine cannot run here: no such call. Make an EpollTransport or SocketTransport, or leave "
                + "the choice to Transports.Create.",
            error.Message);
    }

    [Fact]
    public void A_reactor_of_the_application_is_made_only_where_the_self_test_passes()
    {
        var error = Assert.Throws<TransportException>(static () => new AppReactor(
            new AppReactorOptions { Engine = TransportEngine.Uring },
            new WorldOptions(),
            new SystemCalls(),
            new LyingRing(OtherDescriptor)));
        Assert.Equal(TransportError.EngineNotAvailable, error.Error);
        Assert.EndsWith(
            "multishot-accept does without). Ask for one of: auto, epoll (AppReactorOptions.Engine).",
            error.Message,
            StringComparison.Ordinal);
    }

    private static Completion ReceivesOnce(Completion completion) => completion.Data == ReceiveAgain
        ? new Completion(ReceiveAgain, completion.Result, completion.Flags & ~CompletionFlags.More) : completion;

    private static Completion NoBytes(Completion completion) =>
        completion.HasBuffer ? With(completion, 0) : completion;

    private static void AssertForbids(RingFeatures feature, string failure, Func<Completion, Completion> lie)
    {
        Assert.Equal(failure, Failure(lie));
        Assert.Null(Failure(lie, feature));
    }

    private static string? Failure(Func<Completion, Completion> lie, RingFeatures disabled = RingFeatures.None)
    {
        var answer = UringProbe.Run(new LyingRing(lie), disabled);
        Assert.False(answer.IsShortage, answer.Failure);
        return answer.Failure;
    }

    private static Func<Completion, Completion> EndsOtherwise(ulong data) => completion =>
        completion.Data == data && completion.Error == Errno.Canceled
            ? With(completion, -(int)Errno.Interrupted) : completion;

    private static Completion With(Completion completion, int result) =>
        new(completion.Data, result, completion.Flags);

    // What has no other end.
    private static int Exchange(int descriptor)
    {
        Sockets.Close(descriptor);
        return NativeErrors.Check(Epoll.CreateWakeUp(), "eventfd");
    }
}
