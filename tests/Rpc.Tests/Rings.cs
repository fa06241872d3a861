using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport;
using NetCore.Transport.Tests;

namespace NetCore.Rpc.Tests;

/// <summary>Transports on rings.</summary>
internal static class Rings
{
    /// <summary>One as everybody gets it, or of a variant.</summary>
    public static UringTransport Create(World world, UringTransportOptions options, RingVariant? ring)
    {
        if (ring is null)
        {
            return new UringTransport(world, options);
        }

        var transport = new UringTransport(world, options, new SystemCalls(), new UringKernel(), ring.Settings);
        RingVariant.AssertServedBy(ring.Settings, transport);
        return transport;
    }
}

/// <summary>What must hold on rings of a variant.</summary>
public abstract class RingSuite<TRing>(RpcLane lane, RpcContinuations continuations, WaitPolicy wait)
    : RpcSuite("uring", "uring", lane, continuations, wait, new TRing())
    where TRing : RingVariant, new();
