namespace NetCore.Native.Uring;

/// <summary>A ring with buffers, which fit into the locked memory together, or why it has none.</summary>
/// <param name="Setup">The ring, or why there is none. It is owned by who asked.</param>
/// <param name="Buffers">
/// The buffers of the ring, owned by who asked; null where they are not wanted, disabled, or cannot be had.
/// </param>
/// <param name="NoBuffers">
/// Why there are none that were wanted: <see cref="Errno.NotImplemented"/> is a kernel without them,
/// <see cref="Errno.NoMemory"/> the limit of locked memory.
/// </param>
internal sealed record BufferedRing(RingSetup Setup, BufferRing? Buffers, Errno NoBuffers)
{
    /// <summary>Makes both.</summary>
    /// <remarks>
    /// A receive without buffers is a wait and a system call, while a smaller ring submits in more parts: so where the
    /// memory suffices for the ring alone, one of half the size is tried, down to the least. Each size waits as the
    /// ladder does, since what closed rings held is given back late.
    /// </remarks>
    /// <param name="calls">The kernel.</param>
    /// <param name="options">How the ring is made.</param>
    /// <param name="group">Names the buffers.</param>
    /// <param name="count">How many: a power of two; 0 wants none.</param>
    /// <param name="bytesEach">The size of each.</param>
    public static BufferedRing Open(IUringCalls calls, RingOptions options, ushort group, int count, int bytesEach)
    {
        var sized = options;
        while (true)
        {
            var setup = Ring.Open(calls, sized);
            if (setup.Ring is not { } ring)
            {
                // A larger one had room a moment ago, if none for buffers: better that one again than no ring.
                return sized != options && setup.Refusal == RingRefusal.NoMemory
                    ? new BufferedRing(Ring.Open(calls, options), null, Errno.NoMemory)
                    : new BufferedRing(setup, null, Errno.None);
            }

            if (count == 0 || (options.Disabled & RingFeatures.BufferRing) != 0)
            {
                return new BufferedRing(setup, null, Errno.None);
            }

            if (!ring.Has(RingFeatures.BufferRing))
            {
                return new BufferedRing(setup, null, Errno.NotImplemented);
            }

            var (error, buffers) = Fill(calls, ring, group, count, bytesEach);
            if (error != Errno.NoMemory || ring.Entries / 2 < options.LeastEntries)
            {
                return new BufferedRing(setup, buffers, error);
            }

            ring.Dispose();
            sized = sized with { Entries = ring.Entries / 2, CompletionEntries = ring.CompletionEntries / 2 };
        }
    }

    private static (Errno Error, BufferRing? Buffers) Fill(
        IUringCalls calls, Ring ring, ushort group, int count, int bytesEach)
    {
        try
        {
            for (var pauses = 0; ; pauses++)
            {
                var made = BufferRing.TryCreate(ring, group, count, bytesEach, out var buffers);
                if (made.Error != Errno.NoMemory || pauses == RingLadder.PauseMilliseconds.Length)
                {
                    return (made.Error, buffers);
                }

                calls.Pause(RingLadder.PauseMilliseconds[pauses]);
            }
        }
        catch
        {
            // The process has no memory for them: who asked has no ring yet that he could dispose.
            ring.Dispose();
            throw;
        }
    }
}
