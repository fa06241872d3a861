using System.Globalization;
using NetCore.Bench.Doctor;

namespace NetCore.Bench;

/// <summary>Whether spinners keep the cores awake in a run, and why.</summary>
/// <param name="Mode">Never <see cref="KeepAwake.Auto"/>.</param>
/// <param name="Reason">For the head of the report.</param>
/// <remarks>
/// The mode is there to take the waking of a halted virtual core out of a round trip: on one machine it halved it.
/// On another, whose idle cores poll for a while before they halt, it made it four times as long, because a core that
/// runs something has to be interrupted, which there costs more than the waking. So it is tried.
/// </remarks>
internal sealed record AwakeChoice(KeepAwake Mode, string Reason)
{
    public static AwakeChoice Of(KeepAwake wish, Cores cores) => wish switch
    {
        KeepAwake.Auto => Try(cores),
        KeepAwake.Never => new AwakeChoice(wish, "as asked, the cores halt when they are idle"),
        KeepAwake.Always => new AwakeChoice(wish, "as asked, in all scenarios that do not poll"),
        _ => new AwakeChoice(wish, "as asked, in scenarios of latency"),
    };

    private static AwakeChoice Try(Cores cores)
    {
        if (cores is not { Server: { } server, Client: { } client } || server == client)
        {
            return new AwakeChoice(KeepAwake.Never, "no two cores to keep awake");
        }

        var pair = new CorePair(server, client, "those of the run");
        var halting = RoundTrip.Blocking(pair, unix: false);
        var awake = RoundTrip.KeptAwake(pair, unix: false);
        if (halting.MedianNs is not { } halted || awake.MedianNs is not { } kept)
        {
            return new AwakeChoice(KeepAwake.Never, awake.Reason ?? halting.Reason ?? "it could not be tried");
        }

        var reason = string.Create(
            CultureInfo.InvariantCulture,
            $"a blocking round trip takes {kept / 1000:N1} us with cores kept awake, {halted / 1000:N1} us without");
        return new AwakeChoice(kept < halted ? KeepAwake.Latency : KeepAwake.Never, reason);
    }
}
