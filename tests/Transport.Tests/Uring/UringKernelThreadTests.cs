namespace NetCore.Transport.Tests;

/// <summary>Threads of the kernel that work for rings. Alone: it looks at those of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class UringKernelThreadTests
{
    [Fact]
    [Trait("Trap", "35")]
    public async Task A_storm_of_closes_needs_no_kernel_thread()
    {
        // By their numbers: the names have those of another namespace where there is one.
        var before = KernelThreads();
        await using (var engine = new OneTinyRing())
        {
            // What the reactor sends is a request; what the test's thread sends below is none.
            await using (var pair = await Pair.StartAsync(engine))
            {
                pair.Server.OnData = Answer;
                pair.Client.SendPattern(1000);
                await Pair.Until(() => pair.Client.Received == 1000, "the answer");
            }

            for (var round = 0; round < 200; round++)
            {
                await using var pair = await Pair.StartAsync(engine);
                pair.Client.SendPattern(round * 100);
                pair.Server.SendPattern(round * 100, end: round % 2 == 0);
            }

            // They stay for five seconds after their last work, but no longer than the thread of the reactor.
            Assert.Empty(KernelThreads().Except(before));
        }

        // Such a thread is seen when there is one.
        await using var control = new AsynchronousEngine();
        await using var other = await Pair.StartAsync(control);
        other.Server.OnData = Answer;
        await Pair.Until(
            () =>
            {
                other.Client.SendPattern(1);
                return KernelThreads().Except(before).Any();
            },
            "a kernel thread");
    }

    private static int Answer(Peer peer, ReceivedData data)
    {
        peer.SendPattern(data.Length);
        return peer.Check(data);
    }

    private static List<string> KernelThreads()
    {
        var found = new List<string>();
        foreach (var thread in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(thread, "comm")).StartsWith("iou-wrk", StringComparison.Ordinal))
                {
                    found.Add(thread);
                }
            }
            catch (IOException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private sealed class AsynchronousEngine : UringTcpEngine
    {
        private protected override NetCore.Native.Uring.IUringCalls Ring() =>
            new FaultyRing(new Faults(seed: 1, shortReceives: false));
    }
}
