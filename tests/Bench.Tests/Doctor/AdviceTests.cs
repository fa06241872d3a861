using NetCore.Bench.Doctor;

namespace NetCore.Bench.Tests.Doctor;

public class AdviceTests
{
    private static readonly Evidence Good = new()
    {
        Cores = new CorePair(0, 1, "two physical cores"),
        AllowedCores = 8,
        Uring = new EngineReport("io_uring", true, "", []),
        Epoll = new EngineReport("epoll", true, "", []),
        UringCost = 1000,
        EpollCost = 2000,
        BlockingRoundTrip = 30_000,
        PollingRoundTrip = 8_000,
    };

    [Fact]
    public void The_cheaper_engine_is_chosen_with_its_figures()
    {
        var choice = Advice.Of(Good);
        Assert.Equal("io_uring", choice.MeasuredEngine);
        Assert.Contains("1 us by io_uring", choice.Reasons[0], StringComparison.Ordinal);
        Assert.Equal("epoll", Advice.Of(Good with { UringCost = 3000 }).MeasuredEngine);
    }

    [Fact]
    public void No_difference_goes_to_epoll() =>
        Assert.Equal("epoll", Advice.Of(Good with { UringCost = 1950 }).MeasuredEngine);

    [Fact]
    public void An_engine_that_is_refused_is_not_chosen_and_the_reason_is_given()
    {
        var choice = Advice.Of(Good with { Uring = new EngineReport("io_uring", false, "seccomp says no", []) });
        Assert.Equal("epoll", choice.MeasuredEngine);
        Assert.Contains("seccomp says no", choice.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1000, 2000, "uring", "1 us on io_uring")]
    [InlineData(2000, 1000, "epoll", "1 us on epoll")]
    [InlineData(1950, 2000, "epoll", "no difference")]
    [InlineData(null, 2000, "epoll", "not on io_uring")]
    [InlineData(2000, null, "uring", "not on epoll")]
    [InlineData(null, null, "sockets", "neither")]
    public void The_engine_of_NetCore_is_the_one_that_answers_faster(
        int? uring, int? epoll, string engine, string reason)
    {
        var choice = Advice.Of(Good with { OurUring = uring, OurEpoll = epoll });
        Assert.Equal(engine, choice.Engine);
        Assert.Contains(reason, choice.Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2000, "epoll")]
    [InlineData(null, "sockets")]
    public void An_engine_of_NetCore_is_not_chosen_whose_rings_cannot_be_had_reliably(int? epoll, string engine)
    {
        var choice = Advice.Of(Good with
        {
            OurUring = 1000, OurEpoll = epoll,
            Uring = new EngineReport("io_uring", false, "the limit of locked memory is used up", []),
        });
        Assert.Equal(engine, choice.Engine);
        Assert.Contains("not each ring", choice.Reasons[0], StringComparison.Ordinal);
        Assert.Contains("locked memory", choice.Reasons[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_engine_of_NetCore_that_cannot_run_is_out_for_a_reason()
    {
        var evidence = Good with { OurEpoll = 2000, NoUring = "because of this" };
        Assert.Contains("not on io_uring (because of this).", Advice.Of(evidence).Reasons[0], StringComparison.Ordinal);
        var none = Good with { NoEpoll = "no epoll", NoUring = "no ring" };
        Assert.Contains("here (no epoll) (no ring).", Advice.Of(none).Reasons[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 30_000, "(3.8 times faster), for a core")]
    [InlineData(2, 30_000, "(3.8 times faster), but two sides that poll leave nothing of 2 cores")]
    [InlineData(8, 8_800, "(1.1 times faster), which is not worth a core")]
    [InlineData(2, 12.61, "(634.4 times slower), which is not worth a core")]
    public void What_polling_gains_is_said_the_right_way_round(int cores, double blocking, string words) =>
        Assert.Contains(
            words, Advice.Of(Good with { AllowedCores = cores, BlockingRoundTrip = blocking }).Reasons[1],
            StringComparison.Ordinal);

    [Fact]
    public void Who_saves_a_choice_of_a_busy_machine_is_warned()
    {
        Assert.Equal("the choice is in file", Saved(Good).Told("file"));
        Assert.Equal(
            "the choice is in file; WARNING: the machine was not quiet (50 % CPU of other programs, 0 % stolen): "
                + "save it again on a quiet one",
            Saved(Good with { Disturbance = new Disturbance(0.5, 0) }).Told("file"));
        Assert.Equal("the choice is in file", Saved(Good with { Disturbance = Disturbance.None }).Told("file"));

        static SavedChoice Saved(Evidence evidence) => SavedChoice.Of(new DoctorReport
        {
            At = DateTimeOffset.UnixEpoch, Sections = [], Engines = [], Measurements = [], Choice = Advice.Of(evidence),
        });
    }

    [Fact]
    public void Polling_is_advised_where_there_are_cores_for_it()
    {
        Assert.Equal("spin", Advice.Of(Good).Wait);
        Assert.Equal("block", Advice.Of(Good with { AllowedCores = 2 }).Wait);
        Assert.Equal("block", Advice.Of(Good with { Quota = 2 }).Wait);
        Assert.Equal("block", Advice.Of(Good with { PollingRoundTrip = 25_000 }).Wait);
        Assert.Equal("block", Advice.Of(Good with { PollingRoundTrip = null }).Wait);
    }

    [Fact]
    public void What_spoils_a_measurement_is_hinted_at()
    {
        Assert.Empty(Advice.Of(Good).Hints);
        var hints = string.Join('\n', Advice.Of(Good with
        {
            WakeHalted = 70_000,
            WakeAwake = 5_000,
            Governor = "powersave",
            ClockSource = "hpet",
            SystemCall = 900,
            Disturbance = new Disturbance(0.5, 0),
        }).Hints);
        Assert.All(
            ["halted", "powersave", "hpet", "mitigations", "not quiet"],
            word => Assert.Contains(word, hints, StringComparison.Ordinal));
    }

    [Fact]
    public void A_ring_that_was_measured_without_a_feature_is_hinted_at_and_the_file_has_it()
    {
        var choice = Advice.Of(Good with { OurUring = 1000, OurEpoll = 2000, Forbidden = "buffers" });
        Assert.Equal(
            "NetCore's ring was measured without what NETCORE_URING_DISABLE=buffers forbids: the choice holds where "
                + "that is set",
            Assert.Single(choice.Hints));
        Assert.Contains("NETCORE_URING_DISABLE=buffers", Json.WritePage(choice), StringComparison.Ordinal);
        Assert.Empty(Advice.Of(Good with { Forbidden = "buffers" }).Hints);
    }

    [Fact]
    public void Two_cores_are_physical_ones_if_there_are_any()
    {
        static IReadOnlyList<int> Neighbours(int core) => [core & ~1, core | 1];
        static IReadOnlyList<int> Halves(int core) => [core % 2, (core % 2) + 2];
        Assert.Equal((0, 2), Two(CorePair.Choose([0, 1, 2, 3], Neighbours)));
        Assert.Equal((0, 1), Two(CorePair.Choose([0, 1, 2, 3], Halves)));
        Assert.Equal((1, 2), Two(CorePair.Choose([0, 1, 2, 3, 4], Neighbours)));
        Assert.Equal((3, 0), Two(CorePair.Choose([3, 0], static core => [core])));
        Assert.Contains("slows", CorePair.Choose([2, 3], Neighbours).Reason, StringComparison.Ordinal);
        Assert.Equal((0, 1), Two(CorePair.Choose([0, 1], static _ => null)));
        Assert.True(CorePair.Choose([5], Neighbours).IsOne);
    }

    private static (int, int) Two(CorePair pair) => (pair.First, pair.Second);
}
