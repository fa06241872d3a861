using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>How a ring is set up and how it receives.</summary>
public abstract class RingVariant
{
    internal abstract UringSettings Settings { get; }

    /// <summary>The rings are what was asked for: one that is less would leave it untested.</summary>
    internal static void AssertServedBy(UringSettings settings, UringTransport transport)
    {
        foreach (var ring in transport.Reactors.Select(static reactor => reactor.Events<UringSet>()))
        {
            Assert.Equal(settings.Ring.Only ?? ring.Rung, ring.Rung);
            Assert.Equal(
                settings.Buffers > 0 && (settings.Ring.Disabled & RingFeatures.BufferRing) == 0, ring.HasBuffers);
            Assert.True(
                settings.Multishot == UringMultishot.Never || ring.Has(RingFeatures.ReceiveMultishot), "no multishot");
        }
    }
}

/// <summary>Each receive is a request of its own.</summary>
public sealed class SingleShotRing : RingVariant
{
    internal override UringSettings Settings => new();
}

/// <summary>Rings and buffers that are always too small.</summary>
public sealed class TinyRing : RingVariant
{
    internal static UringSettings Sizes { get; } = new()
    {
        Ring = new RingOptions { Entries = 8, CompletionEntries = 64, LeastEntries = 8 },
        Buffers = 4,
        BufferBytes = 256,
    };

    internal override UringSettings Settings => Sizes;
}

/// <summary>What nobody has changed: one request receives again and again, over TCP.</summary>
public sealed class MultishotRing : RingVariant
{
    internal override UringSettings Settings => new() { Multishot = UringMultishot.Tcp };
}

/// <summary>The same over Unix domain sockets too, for which nobody can ask.</summary>
public sealed class AlwaysMultishotRing : RingVariant
{
    internal override UringSettings Settings => new() { Multishot = UringMultishot.Always };
}

/// <summary>One request receives again and again, with buffers that are always too few.</summary>
public sealed class TinyMultishotRing : RingVariant
{
    internal override UringSettings Settings => TinyRing.Sizes with { Multishot = UringMultishot.Tcp };
}

/// <summary>The first of the lower rungs of the ladder.</summary>
public sealed class DeferredRing : RingVariant
{
    internal override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.Deferred },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>The one that needs no deferred task work.</summary>
public sealed class SingleIssuerRing : RingVariant
{
    internal override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.CooperativeSingleIssuer },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>The one that any thread may use.</summary>
public sealed class CooperativeRing : RingVariant
{
    internal override UringSettings Settings => new()
    {
        Ring = new RingOptions { Only = RingRung.Cooperative },
        Multishot = UringMultishot.Tcp,
    };
}

/// <summary>The set-up without deferred task work, and no receive buffers: connections wait for readiness.</summary>
public sealed class PlainRing : RingVariant
{
    internal override UringSettings Settings => new()
    {
        Ring = new RingOptions
        {
            Only = RingRung.Plain,
            Disabled = RingFeatures.BufferRing | RingFeatures.AcceptMultishot | RingFeatures.PollFirst
                | RingFeatures.SendAll,
        },
    };
}

/// <summary>What the reactors of an engine do while nothing is ready.</summary>
public interface IWaitChoice
{
    static abstract WaitPolicy Policy { get; }
}

/// <summary>They sleep.</summary>
public sealed class Blocking : IWaitChoice
{
    public static WaitPolicy Policy => WaitPolicy.Blocking;
}

/// <summary>They look before they sleep.</summary>
public sealed class Adaptive : IWaitChoice
{
    public static WaitPolicy Policy => WaitPolicy.Adaptive;
}

/// <summary>They never sleep.</summary>
public sealed class BusyPolling : IWaitChoice
{
    public static WaitPolicy Policy => WaitPolicy.BusyPoll;
}
