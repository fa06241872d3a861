using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What reactors have not given back.</summary>
internal static class ReactorLeftovers
{
    /// <summary>Null when there is nothing.</summary>
    public static string? Of(IReadOnlyList<Reactor> reactors, bool onRings)
    {
        var load = reactors.Sum(static reactor => reactor.Load);
        var slots = reactors.Sum(static reactor => reactor.Slots);
        var sets = onRings ? reactors.Select(static reactor => reactor.Events<UringSet>()).ToList() : [];
        return load != 0 ? $"{load} descriptors are served or expected"
            : slots != 0 ? $"{slots} slots are taken"
            : sets.Sum(static set => set.BuffersTaken) is > 0 and var buffers ? $"{buffers} buffers are taken"
            : sets.Sum(static set => set.Messages.Held) is > 0 and var held ? $"{held} messages are held" : null;
    }
}
