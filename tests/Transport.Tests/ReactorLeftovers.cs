using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What reactors have not given back.</summary>
internal static class ReactorLeftovers
{
    /// <summary>Null when there is nothing.</summary>
    /// <param name="reactors">Whose.</param>
    /// <param name="onRings">Whether they are on rings.</param>
    /// <param name="load">Descriptors that are still to be served.</param>
    public static string? Of(IReadOnlyList<Reactor> reactors, bool onRings, int load = 0)
    {
        var served = reactors.Sum(static reactor => reactor.Load) - load;
        var slots = reactors.Sum(static reactor => reactor.Slots);
        var sets = onRings ? reactors.Select(static reactor => reactor.Events<UringSet>()).ToList() : [];
        return served != 0 ? $"{served} descriptors are served or expected"
            : sets.Sum(static set => set.Counts.Lost) is > 0 and var lost ? $"{lost} connections are lost"
            : slots != 0 ? $"{slots} slots are taken"
            : sets.Sum(static set => set.BuffersTaken) is > 0 and var buffers ? $"{buffers} buffers are taken"
            : sets.Sum(static set => set.Messages.Held) is > 0 and var held ? $"{held} messages are held" : null;
    }
}
