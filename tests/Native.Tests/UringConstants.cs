using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>Every number of io_uring that is used, as the kernel's documentation has it.</summary>
internal static class UringConstants
{
    public static IReadOnlyList<UringConstant> All { get; } =
    [
        Of(SetupFlags.CompletionQueueSize, "IORING_SETUP_CQSIZE", 1 << 3, "5.5"),
        Of(SetupFlags.Clamp, "IORING_SETUP_CLAMP", 1 << 4, "5.6"),
        Of(SetupFlags.StartDisabled, "IORING_SETUP_R_DISABLED", 1 << 6, "5.10"),
        Of(SetupFlags.SubmitAll, "IORING_SETUP_SUBMIT_ALL", 1 << 7, "5.18"),
        Of(SetupFlags.CooperativeTaskRun, "IORING_SETUP_COOP_TASKRUN", 1 << 8, "5.19"),
        Of(SetupFlags.TaskRunFlag, "IORING_SETUP_TASKRUN_FLAG", 1 << 9, "5.19"),
        Of(SetupFlags.SingleIssuer, "IORING_SETUP_SINGLE_ISSUER", 1 << 12, "6.0"),
        Of(SetupFlags.DeferTaskRun, "IORING_SETUP_DEFER_TASKRUN", 1 << 13, "6.1"),
        Of(SetupFlags.NoSubmissionArray, "IORING_SETUP_NO_SQARRAY", 1 << 16, "6.6"),
        Of(FeatureFlags.SingleMapping, "IORING_FEAT_SINGLE_MMAP", 1 << 0, "5.4"),
        Of(FeatureFlags.NoDrop, "IORING_FEAT_NODROP", 1 << 1, "5.5"),
        Of(FeatureFlags.SubmitStable, "IORING_FEAT_SUBMIT_STABLE", 1 << 2, "5.5"),
        Of(FeatureFlags.FastPoll, "IORING_FEAT_FAST_POLL", 1 << 5, "5.7"),
        Of(FeatureFlags.ExtendedArgument, "IORING_FEAT_EXT_ARG", 1 << 8, "5.11"),
        Of(FeatureFlags.NoIoWait, "IORING_FEAT_NO_IOWAIT", 1 << 17, "6.15"),
        Of(EnterFlags.GetEvents, "IORING_ENTER_GETEVENTS", 1 << 0, "5.1"),
        Of(EnterFlags.ExtendedArgument, "IORING_ENTER_EXT_ARG", 1 << 3, "5.11"),
        Of(EnterFlags.NoIoWait, "IORING_ENTER_NO_IOWAIT", 1 << 7, "6.15"),
        Of(QueueFlags.CompletionOverflow, "IORING_SQ_CQ_OVERFLOW", 1 << 1, "5.8"),
        Of(QueueFlags.TaskRun, "IORING_SQ_TASKRUN", 1 << 2, "5.19"),
        Of(RegisterOperation.Probe, "IORING_REGISTER_PROBE", 8, "5.6"),
        Of(RegisterOperation.EnableRings, "IORING_REGISTER_ENABLE_RINGS", 12, "5.10"),
        Of(RegisterOperation.AddBufferRing, "IORING_REGISTER_PBUF_RING", 22, "5.19"),
        Of(RegisterOperation.RemoveBufferRing, "IORING_UNREGISTER_PBUF_RING", 23, "5.19"),
        Of(Operation.Nothing, "IORING_OP_NOP", 0, "5.1"),
        Of(Operation.PollAdd, "IORING_OP_POLL_ADD", 6, "5.1"),
        Of(Operation.SendMessage, "IORING_OP_SENDMSG", 9, "5.3"),
        Of(Operation.Timeout, "IORING_OP_TIMEOUT", 11, "5.4"),
        Of(Operation.Accept, "IORING_OP_ACCEPT", 13, "5.5"),
        Of(Operation.Cancel, "IORING_OP_ASYNC_CANCEL", 14, "5.5"),
        Of(Operation.LinkTimeout, "IORING_OP_LINK_TIMEOUT", 15, "5.5"),
        Of(Operation.Connect, "IORING_OP_CONNECT", 16, "5.5"),
        Of(Operation.Read, "IORING_OP_READ", 22, "5.6"),
        Of(Operation.Send, "IORING_OP_SEND", 26, "5.6"),
        Of(Operation.Receive, "IORING_OP_RECV", 27, "5.6"),
        Of(Operation.Socket, "IORING_OP_SOCKET", 45, "5.19"),
        Of(Operation.SendZeroCopy, "IORING_OP_SEND_ZC", 47, "6.0"),
        Of(EntryFlags.Link, "IOSQE_IO_LINK", 1 << 2, "5.3"),
        Of(EntryFlags.Asynchronous, "IOSQE_ASYNC", 1 << 4, "5.6"),
        Of(EntryFlags.BufferSelect, "IOSQE_BUFFER_SELECT", 1 << 5, "5.7"),
        Of(TransferFlags.PollFirst, "IORING_RECVSEND_POLL_FIRST", 1 << 0, "5.19"),
        Of(TransferFlags.ReceiveMultishot, "IORING_RECV_MULTISHOT", 1 << 1, "6.0"),
        Of(AcceptFlags.Multishot, "IORING_ACCEPT_MULTISHOT", 1 << 0, "5.19"),
        Of(CancelFlags.All, "IORING_ASYNC_CANCEL_ALL", 1 << 0, "5.19"),
        Of(CancelFlags.Any, "IORING_ASYNC_CANCEL_ANY", 1 << 2, "5.19"),
        Of(CompletionFlags.Buffer, "IORING_CQE_F_BUFFER", 1 << 0, "5.7"),
        Of(CompletionFlags.More, "IORING_CQE_F_MORE", 1 << 1, "5.13"),
        Of(CompletionFlags.SocketNotEmpty, "IORING_CQE_F_SOCK_NONEMPTY", 1 << 2, "5.19"),
        Of(CompletionFlags.Notification, "IORING_CQE_F_NOTIF", 1 << 3, "6.0"),
        Of(RingMapping.Queues, "IORING_OFF_SQ_RING", 0, "5.1"),
        Of(RingMapping.Entries, "IORING_OFF_SQES", 0x10000000, "5.1"),
    ];

    private static UringConstant Of<T>(T member, string headerName, ulong value, string since)
        where T : struct, Enum => new(typeof(T), member.ToString(), headerName, value, since);
}
