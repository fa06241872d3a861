using System.Globalization;
using NetCore.Bench.Contenders;

namespace NetCore.Bench.Doctor;

/// <summary>Makes the choice, from what was measured wherever something could be.</summary>
internal static class Advice
{
    // Two ways that lie closer together than this differ by less than one run does from the next.
    private const double Difference = 0.10;

    // Below this gain nobody should give a core away.
    private const double WorthASpinningCore = 1.5;

    // A system call without mitigations takes 100 ns and less on hardware of the last ten years.
    private const double CheapSystemCall = 250;

    public static Choice Of(Evidence evidence)
    {
        var (measured, engineReason) = MeasuredEngine(evidence);
        var (engine, ourReason) = OurEngine(evidence);
        var (wait, waitReason) = Wait(evidence);
        return new Choice
        {
            Engine = engine,
            MeasuredEngine = measured,
            Wait = wait,
            ServerCore = evidence.Cores.First,
            ClientCore = evidence.Cores.Second,
            Reasons =
            [
                $"engine: {ourReason}. The kernel's own ways: {engineReason}.",
                $"wait: {waitReason}.",
                $"cores: server on {evidence.Cores.First}, client on {evidence.Cores.Second}, {evidence.Cores.Reason}.",
            ],
            Hints = [.. Hints(evidence)],
            Disturbed = evidence.Disturbance?.Reason,
        };
    }

    private static (string Engine, string Reason) OurEngine(Evidence evidence)
    {
        if (evidence is { OurUring: not null, Uring.Usable: false })
        {
            // Rings that can be had at one moment and not at the next are nothing to build on.
            return (evidence.OurEpoll is null ? "sockets" : "epoll",
                "NetCore has run on io_uring, but not each ring could be had here");
        }

        if (evidence is not { OurUring: { } uring, OurEpoll: { } epoll })
        {
            return evidence.OurEpoll is not null
                ? ("epoll", "NetCore runs on epoll here, and not on io_uring" + Because(evidence.NoUring))
                : evidence.OurUring is not null
                ? ("uring", "NetCore runs on io_uring here, and not on epoll" + Because(evidence.NoEpoll))
                : ("sockets", "NetCore runs neither on epoll nor on io_uring here"
                    + Because(evidence.NoEpoll) + Because(evidence.NoUring));
        }

        var figures = $"NetCore answers a request in {Us(uring)} on io_uring and in {Us(epoll)} on epoll";
        return uring < epoll * (1 - Difference) ? ("uring", figures)
            : epoll < uring * (1 - Difference) ? ("epoll", figures)
            : ("epoll", figures + ", which is no difference, so the one that fewer places forbid");
    }

    private static string Because(string? reason) => reason is null ? "" : $" ({reason})";

    private static (string Engine, string Reason) MeasuredEngine(Evidence evidence)
    {
        if (!evidence.Uring.Usable || !evidence.Epoll.Usable)
        {
            return evidence.Epoll.Usable ? ("epoll", $"io_uring is out: {evidence.Uring.Reason}")
                : evidence.Uring.Usable ? ("io_uring", $"epoll is out: {evidence.Epoll.Reason}")
                : ("sockets", $"neither works here; io_uring: {evidence.Uring.Reason}; epoll: {evidence.Epoll.Reason}");
        }

        if (evidence is not { UringCost: { } uring, EpollCost: { } epoll } || uring <= 0 || epoll <= 0)
        {
            return ("epoll", "both work, and their cost could not be measured, so the older one");
        }

        var figures = $"with {EngineCost.Batch} requests at once each costs the server {Us(uring)} by io_uring and "
            + $"{Us(epoll)} by epoll";
        return uring < epoll * (1 - Difference) ? ("io_uring", figures)
            : epoll < uring * (1 - Difference) ? ("epoll", figures)
            : ("epoll", figures + ", which is no difference, so the one that fewer places forbid");
    }

    private static (string Wait, string Reason) Wait(Evidence evidence)
    {
        if (evidence.Quota < evidence.AllowedCores)
        {
            return ("block", string.Create(CultureInfo.InvariantCulture,
                $"the quota of {evidence.Quota:0.##} cores would be burned by polling, and then the kernel stops all"));
        }

        if (evidence is not { BlockingRoundTrip: { } blocking, PollingRoundTrip: { } polling } || polling <= 0)
        {
            return ("block", evidence.AllowedCores < 2
                ? "there is one core, and a side that polls would keep it from the other"
                : "what polling gains could not be measured");
        }

        var gain = blocking / polling;
        var figures = string.Create(CultureInfo.InvariantCulture,
            $"a round trip takes {Us(blocking)} blocking and {Us(polling)} polling ({Times(gain)})");
        return gain < WorthASpinningCore
            ? ("block", $"{figures}, which is not worth a core for each side")
            : evidence.AllowedCores <= 2
                ? ("block", $"{figures}, but two sides that poll leave nothing of {evidence.AllowedCores} cores")
                : ("spin", $"{figures}, for a core of its own on each side; block where throughput per core counts");
    }

    private static string Times(double gain) => string.Create(
        CultureInfo.InvariantCulture, $"{(gain < 1 ? 1 / gain : gain):0.0} times {(gain < 1 ? "slower" : "faster")}");

    private static IEnumerable<string> Hints(Evidence evidence)
    {
        if (evidence.Disturbance is { Reason: { } reason })
        {
            yield return $"the machine was not quiet while this was measured ({reason}): repeat it";
        }

        if (evidence is { OurUring: not null, Forbidden: { } words })
        {
            yield return $"NetCore's ring was measured without what {RingTrial.Variable}={words} forbids: the choice "
                + "holds where that is set";
        }

        if (evidence is { WakeHalted: { } halted, WakeAwake: { } awake } && halted > 2 * awake)
        {
            yield return $"waking a halted core takes {Us(halted)}, one that is kept awake {Us(awake)}: state latency "
                + "of blocking contestants from runs that keep the cores awake only";
        }

        if (evidence.Governor is { } governor && governor != "performance")
        {
            yield return $"the frequency governor is {governor}: set it to performance before measuring";
        }

        if (evidence.ClockSource is { } clock && clock is not ("tsc" or "kvm-clock" or "arch_sys_counter"
            or "hyperv_clocksource_tsc_page"))
        {
            yield return $"the clock source {clock} enters the kernel for each timestamp: boot with tsc if it is "
                + "stable";
        }

        if (evidence.SystemCall is { } call && call > CheapSystemCall)
        {
            yield return $"a system call takes {Us(call)}, which is long: see the mitigations, and prefer ways that "
                + "make fewer of them";
        }
    }

    private static string Us(double nanoseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1000:0.##} us");
}
