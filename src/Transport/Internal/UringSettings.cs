using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>The sizes of a ring and its buffers, and the features that are used.</summary>
internal sealed record UringSettings
{
    /// <summary>
    /// The ring. 512 requests are a round of 256 busy connections, each with a receive and a send; more are submitted
    /// in parts. Each connection has at most a receive, a send, and two cancels of them in flight: 4096 completions are
    /// all that 1000 connections can ever have at once, and what is beyond is kept by the kernel until there is room.
    /// </summary>
    public RingOptions Ring { get; init; } = new() { Entries = 512, CompletionEntries = 4096 };

    /// <summary>
    /// Receive buffers of a ring, a power of two; 0 uses none. 256 of 4 KiB are 1 MiB, which stays in a second-level
    /// cache. When all are taken the bytes are received without them.
    /// </summary>
    public int Buffers { get; init; } = 256;

    /// <summary>
    /// Bytes of each: most small messages at once; what is longer is received into a block without a second copy.
    /// </summary>
    public int BufferBytes { get; init; } = 4096;

    /// <summary>Where one request receives again and again, for as long as there are buffers.</summary>
    public UringMultishot Multishot { get; init; }

    /// <summary>Why the kernel cannot do that though it is wanted; else null.</summary>
    public string? NoMultishot { get; init; }

    /// <summary>Why a ring has no buffers though they are wanted; else null.</summary>
    public string? NoBuffers { get; init; }

    /// <summary>What a transport does without, for people; null when that is nothing.</summary>
    public string? Remark
    {
        get
        {
            // Without buffers no request receives again and again, whatever the kernel can.
            var forbidden = UringSwitches.Remark(Ring.Disabled);
            var missing = NoBuffers is not null ? $"without buffers: {NoBuffers}"
                : NoMultishot is null ? null : $"each receive is a request of its own: {NoMultishot}";
            return forbidden is null || missing is null ? forbidden ?? missing : $"{forbidden}; {missing}";
        }
    }

    /// <summary>The same without what the environment forbids or the self-test has found missing.</summary>
    public UringSettings After(ProbeAnswer trial)
    {
        const RingFeatures needed = RingFeatures.ReceiveMultishot | RingFeatures.BufferRing;
        var isForbidden = (Ring.Disabled & needed) != 0;
        return Multishot == UringMultishot.Never || (trial.NoMultishot is null && !isForbidden)
            ? this
            : this with
            {
                Multishot = UringMultishot.Never,
                NoMultishot = isForbidden ? null : trial.NoMultishot,
            };
    }
}
