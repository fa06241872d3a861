namespace NetCore.Transport.Internal;

/// <summary>What comes with a completion: the kind of its request, and the number of its handler.</summary>
internal static class UringData
{
    private const int KindShift = 56;

    public static ulong Of(UringKind kind, ulong id) => ((ulong)kind << KindShift) | id;

    public static UringKind KindOf(ulong data) => (UringKind)(data >> KindShift);

    public static ulong IdOf(ulong data) => data & ((1UL << KindShift) - 1);
}
