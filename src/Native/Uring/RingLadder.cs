namespace NetCore.Native.Uring;

/// <summary>Makes a ring with the best set-up that the kernel takes.</summary>
/// <remarks>
/// EINVAL is a flag that the kernel does not know, and the next rung has fewer; a refusal is the same on each rung;
/// what a lack of memory means is below.
/// </remarks>
internal sealed unsafe class RingLadder(IUringCalls calls, RingOptions options)
{
    /// <summary>A lack of locked memory, in words that can be a part of a sentence.</summary>
    public const string NoLockedMemory = "the limit of locked memory (ulimit -l) is used up";

    private const SetupFlags Sizes = SetupFlags.CompletionQueueSize | SetupFlags.Clamp;
    private const SetupFlags Newer = Sizes | SetupFlags.SubmitAll | SetupFlags.TaskRunFlag;
    private const SetupFlags Deferred = Newer | SetupFlags.SingleIssuer | SetupFlags.DeferTaskRun;
    private const FeatureFlags NeededFeatures = FeatureFlags.SingleMapping | FeatureFlags.NoDrop
        | FeatureFlags.SubmitStable | FeatureFlags.FastPoll | FeatureFlags.ExtendedArgument;

    private static readonly Operation[] NeededOperations =
    [
        Operation.SendMessage, Operation.Accept, Operation.Cancel, Operation.LinkTimeout, Operation.Connect,
        Operation.Read, Operation.Send, Operation.Receive,
    ];

    private int _pauses;

    // What closed rings held is given back some 20 ms late, now and then later; 155 ms in all are worth a ring.
    /// <summary>Pauses in which a lack of memory may pass.</summary>
    public static ReadOnlySpan<int> PauseMilliseconds => [5, 10, 20, 40, 80];

    /// <summary>The flags of a rung.</summary>
    public static SetupFlags FlagsOf(RingRung rung) => rung switch
    {
        RingRung.DeferredWithoutArray => Deferred | SetupFlags.NoSubmissionArray,
        RingRung.Deferred => Deferred,
        RingRung.CooperativeSingleIssuer => Newer | SetupFlags.SingleIssuer | SetupFlags.CooperativeTaskRun,
        RingRung.Cooperative => Newer | SetupFlags.CooperativeTaskRun,
        _ => Sizes,
    };

    public RingSetup Climb()
    {
        foreach (var rung in Enum.GetValues<RingRung>().Where(IsAllowed))
        {
            var made = Make(rung, out var parameters);
            if (made.Error != Errno.Invalid)
            {
                return made.IsOk ? Finish(made.Value, rung, parameters) : Refuse(made.Error);
            }
        }

        return new RingSetup(
            null, RingRefusal.TooOld, Errno.Invalid, "the kernel knows none of the set-ups that may be used");
    }

    private static RingSetup Refuse(Errno error) => error switch
    {
        Errno.NotImplemented => new RingSetup(
            null, RingRefusal.NotAvailable, error, "the kernel has no io_uring, or a sandbox hides it"),
        Errno.NotPermitted or Errno.AccessDenied => new RingSetup(
            null,
            RingRefusal.NotPermitted,
            error,
            "io_uring is forbidden here: by sysctl kernel.io_uring_disabled, a seccomp filter or a security module"),
        Errno.NoMemory => new RingSetup(
            null, RingRefusal.NoMemory, error, NoLockedMemory),
        Errno.TooManyFiles or Errno.FileTableFull => new RingSetup(
            null, RingRefusal.TooManyFiles, error, "there are too many open files"),
        _ => new RingSetup(null, RingRefusal.Failed, error, $"io_uring failed: {error}"),
    };

    private bool IsAllowed(RingRung rung)
    {
        var flags = FlagsOf(rung);
        return (options.Only is null || options.Only == rung)
            && (!IsDisabled(RingFeatures.NoSubmissionArray) || (flags & SetupFlags.NoSubmissionArray) == 0)
            && (!IsDisabled(RingFeatures.DeferTaskRun) || (flags & SetupFlags.DeferTaskRun) == 0);
    }

    private bool IsDisabled(RingFeatures feature) => (options.Disabled & feature) != 0;

    // A lack of memory may be over in a moment, when it is that of rings that were just closed; else a smaller ring
    // may fit.
    private SyscallResult Make(RingRung rung, out RingParameters parameters)
    {
        var entries = options.Entries;
        var completions = Math.Max(options.CompletionEntries, entries);
        while (true)
        {
            parameters = new RingParameters
            {
                Flags = FlagsOf(rung) | (options.StartDisabled ? SetupFlags.StartDisabled : SetupFlags.None),
                CompletionEntries = completions,
            };
            var result = calls.Setup(entries, ref parameters);
            if (result.Error != Errno.NoMemory)
            {
                return result;
            }

            if (_pauses < PauseMilliseconds.Length)
            {
                calls.Pause(PauseMilliseconds[_pauses++]);
            }
            else if (entries / 2 >= options.LeastEntries)
            {
                entries /= 2;
                completions /= 2;
            }
            else
            {
                return result;
            }
        }
    }

    private RingSetup Finish(int descriptor, RingRung rung, in RingParameters made)
    {
        if (Lacks(descriptor, made, out var probe) is { } lack)
        {
            calls.Close(descriptor);
            return new RingSetup(null, RingRefusal.TooOld, Errno.None, $"io_uring lacks {lack}");
        }

        var mapped = RingMemory.TryMap(calls, descriptor, made, out var memory);
        if (!mapped.IsOk)
        {
            calls.Close(descriptor);
            return Refuse(mapped.Error);
        }

        var ring = new Ring(calls, descriptor, memory!, rung, FeaturesOf(made, probe) & ~options.Disabled);
        return new RingSetup(
            ring, RingRefusal.None, Errno.None,
            $"{rung}, {ring.Entries} entries, {ring.CompletionEntries} completions");
    }

    private string? Lacks(int descriptor, in RingParameters made, out OperationProbe probe)
    {
        probe = default;
        var lack = NeededFeatures & ~made.Features;
        if (lack != 0)
        {
            return lack.ToString();
        }

        fixed (OperationProbe* pointer = &probe)
        {
            var probed = calls.Register(
                descriptor, RegisterOperation.Probe, pointer, OperationProbe.MaxEntries);
            if (!probed.IsOk)
            {
                return $"the probe of operations ({probed.Error})";
            }
        }

        foreach (var operation in NeededOperations)
        {
            if (!probe.Has(operation))
            {
                return operation.ToString();
            }
        }

        return null;
    }

    // Most of what came with 5.19 and 6.0 no probe tells; it is there when an operation of the same version is.
    private static RingFeatures FeaturesOf(in RingParameters made, in OperationProbe probe)
    {
        var features = RingFeatures.None;
        if ((made.Flags & SetupFlags.NoSubmissionArray) != 0)
        {
            features |= RingFeatures.NoSubmissionArray;
        }

        if ((made.Flags & SetupFlags.DeferTaskRun) != 0)
        {
            features |= RingFeatures.DeferTaskRun;
        }

        if ((made.Features & FeatureFlags.NoIoWait) != 0)
        {
            features |= RingFeatures.NoIoWait;
        }

        if (probe.Has(Operation.Socket))
        {
            features |= RingFeatures.BufferRing | RingFeatures.AcceptMultishot | RingFeatures.PollFirst
                | RingFeatures.SendAll | RingFeatures.CancelAll;
        }

        if (probe.Has(Operation.SendZeroCopy))
        {
            features |= RingFeatures.ReceiveMultishot;
        }

        return features;
    }
}
