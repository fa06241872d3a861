namespace NetCore.Bench.Doctor;

/// <summary>Flags of io_uring_setup, and the sets of them that a transport would try, best first.</summary>
internal static class UringFlags
{
    public const uint CqSize = 1 << 3;
    public const uint Clamp = 1 << 4;
    public const uint SubmitAll = 1 << 7;
    public const uint CoopTaskRun = 1 << 8;
    public const uint TaskRunFlag = 1 << 9;
    public const uint SingleIssuer = 1 << 12;
    public const uint DeferTaskRun = 1 << 13;
    public const uint NoSqArray = 1 << 16;

    /// <summary>What each flag needs beside itself, and the kernel that brought it.</summary>
    public static IReadOnlyList<(string Name, uint Flags, string Since)> Single { get; } =
    [
        ("SETUP_CQSIZE", CqSize, "5.5"),
        ("SETUP_CLAMP", Clamp, "5.6"),
        ("SETUP_SUBMIT_ALL", SubmitAll, "5.18"),
        ("SETUP_COOP_TASKRUN", CoopTaskRun, "5.19"),
        ("SETUP_TASKRUN_FLAG", CoopTaskRun | TaskRunFlag, "5.19"),
        ("SETUP_SINGLE_ISSUER", SingleIssuer, "6.0"),
        ("SETUP_DEFER_TASKRUN", SingleIssuer | DeferTaskRun, "6.1"),
        ("SETUP_NO_SQARRAY", NoSqArray, "6.6"),
    ];

    /// <summary>Each set needs an older kernel than the one before.</summary>
    public static IReadOnlyList<(string Name, uint Flags)> Ladder { get; } =
    [
        ("DEFER_TASKRUN without SQ array (as from 6.6)",
            SingleIssuer | DeferTaskRun | TaskRunFlag | SubmitAll | CqSize | Clamp | NoSqArray),
        ("DEFER_TASKRUN (as from 6.1)", SingleIssuer | DeferTaskRun | TaskRunFlag | SubmitAll | CqSize | Clamp),
        ("COOP_TASKRUN, single issuer (as from 6.0)",
            SingleIssuer | CoopTaskRun | TaskRunFlag | SubmitAll | CqSize | Clamp),
        ("COOP_TASKRUN (as from 5.19)", CoopTaskRun | TaskRunFlag | SubmitAll | CqSize | Clamp),
        ("plain (as from 5.11)", CqSize | Clamp),
    ];

    /// <summary>Bits that the kernel sets by itself.</summary>
    public static IReadOnlyList<(string Name, int Bit, string Since, bool Needed)> Features { get; } =
    [
        ("FEAT_NODROP", 1, "5.5", true),
        ("FEAT_SUBMIT_STABLE", 2, "5.5", true),
        ("FEAT_FAST_POLL", 5, "5.7", true),
        ("FEAT_EXT_ARG", 8, "5.11", true),
        ("FEAT_RECVSEND_BUNDLE", 14, "6.10", false),
        ("FEAT_MIN_TIMEOUT", 15, "6.12", false),
        ("FEAT_NO_IOWAIT", 17, "6.15", false),
    ];

    /// <summary>Operations that a transport is made of.</summary>
    public static IReadOnlyList<(string Name, byte Code, string Since, bool Needed)> Operations { get; } =
    [
        ("OP_ACCEPT", 13, "5.5", true),
        ("OP_CONNECT", 16, "5.5", true),
        ("OP_RECV", 27, "5.6", true),
        ("OP_SEND", 26, "5.6", true),
        ("OP_SENDMSG", 9, "5.3", true),
        ("OP_READ", 22, "5.6", true),
        ("OP_ASYNC_CANCEL", 14, "5.5", true),
        ("OP_LINK_TIMEOUT", 15, "5.5", true),
        ("OP_MSG_RING", 40, "5.18", false),
        ("OP_SEND_ZC", 47, "6.0", false),
        ("OP_SENDMSG_ZC", 48, "6.1", false),
        ("OP_FUTEX_WAIT", 51, "6.7", false),
        ("OP_RECV_ZC", 58, "6.15", false),
    ];
}
