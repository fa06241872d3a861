using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>The kernel's rings, with a list of the requests that each enter submits. For one ring.</summary>
internal sealed unsafe class RecordingRing : WrappedRing
{
    private readonly Lock _lock = new();
    private readonly List<SubmissionEntry[]> _enters = [];

    /// <summary>The requests of each enter that had any.</summary>
    public IReadOnlyList<SubmissionEntry[]> Enters
    {
        get
        {
            lock (_lock)
            {
                return [.. _enters];
            }
        }
    }

    public override SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        if (submit > 0)
        {
            var head = Volatile.Read(ref *At(Parameters.Submission.Head));
            var mask = *At(Parameters.Submission.Mask);
            var entries = new SubmissionEntry[submit];
            for (var i = 0u; i < submit; i++)
            {
                entries[i] = Requests[(head + i) & mask];
            }

            lock (_lock)
            {
                _enters.Add(entries);
            }
        }

        return base.Enter(ring, submit, least, flags, argument);
    }
}
