using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>A self-test of io_uring: does this kernel, in this sandbox, do what the engine is built on?</summary>
/// <remarks>
/// Some 200 microseconds, mostly once for a world. It tests behaviour and not versions: distributions carry parts of
/// newer kernels back, and what emulates a kernel may know the calls but not their effects.
/// </remarks>
internal static class UringProbe
{
    /// <param name="calls">The kernel.</param>
    /// <param name="disabled">What is not used, and so not tried either.</param>
    public static ProbeAnswer Run(IUringCalls calls, RingFeatures disabled = RingFeatures.None)
    {
        string? noMultishot = null;
        var answer = ProbeAnswer.Of(() =>
        {
            using var trial = new UringTrial(calls, disabled);
            var failure = trial.Run();
            noMultishot = trial.NoMultishot;
            return failure;
        });
        return answer with { NoMultishot = noMultishot };
    }
}
