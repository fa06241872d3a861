using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What the self-test of the ring opens. Alone: it counts what the whole process has.</summary>
[Collection(nameof(Alone))]
public sealed class UringTrialLeakTests
{
    [Fact]
    public void The_self_test_gives_everything_back_however_it_ends()
    {
        var before = ConformanceBaseline.Take();
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(UringProbe.Run(new UringKernel()).Failure);
            Assert.NotNull(UringProbe.Run(new LyingRing(static _ => default)).Failure);

            // An exception before the first request.
            Assert.True(UringProbe.Run(new LyingRing(static completion => completion, Errno.NoMemory)).IsShortage);
        }

        Assert.Null(before.Left());
    }
}
