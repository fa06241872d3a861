namespace NetCore.Native.Uring;

/// <summary>What of a ring is mapped (<c>linux/io_uring.h</c>, IORING_OFF_).</summary>
internal enum RingMapping : ulong
{
    /// <summary>Both queues, as <see cref="FeatureFlags.SingleMapping"/> promises.</summary>
    Queues = 0,

    /// <summary>The submission entries.</summary>
    Entries = 0x10000000,
}
