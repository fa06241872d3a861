using System.Runtime.InteropServices;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>A kernel of a test: its memory has the layout of a ring, and it does what the test says.</summary>
internal sealed unsafe class FakeUring : IUringCalls, IDisposable
{
    public const int Descriptor = 4711;

    private const uint SubmissionHead = 0;
    private const uint SubmissionTail = 4;
    private const uint SubmissionMask = 8;
    private const uint SubmissionFlags = 16;
    private const uint CompletionHead = 32;
    private const uint CompletionTail = 36;
    private const uint CompletionMask = 40;
    private const uint CompletionLost = 44;
    private const uint Completions = 64;

    private byte* _queues;
    private byte* _entries;
    private RingParameters _made;

    /// <summary>How the next enters end; when there are none they take all.</summary>
    public Queue<Answer> Answers { get; } = new();

    /// <summary>What a set-up with these flags and so many entries fails with.</summary>
    public Func<SetupFlags, uint, Errno> OnSetup { get; init; } = static (_, _) => Errno.None;

    /// <summary>What making buffers for a ring of so many entries fails with.</summary>
    public Func<uint, Errno> OnBuffers { get; init; } = static _ => Errno.None;

    public FeatureFlags Features { get; init; } = (FeatureFlags)uint.MaxValue;

    public Operation[] Operations { get; init; } = Enum.GetValues<Operation>();

    /// <summary>The entries that were taken, each with its 64 bytes.</summary>
    public List<byte[]> Taken { get; } = [];

    public List<(uint Submit, uint Least, EnterFlags Flags, long? Nanoseconds)> Enters { get; } = [];

    public List<(SetupFlags Flags, uint Entries, uint Completions)> Setups { get; } = [];

    public List<(RegisterOperation Operation, ushort BufferFlags)> Registrations { get; } = [];

    public List<int> Pauses { get; } = [];

    public int Mapped { get; private set; }

    public int Closed { get; private set; }

    /// <summary>Completions that were taken and given back.</summary>
    public uint Released => *At(CompletionHead);

    public QueueFlags Flags
    {
        set => *At(SubmissionFlags) = (uint)value;
    }

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        Setups.Add((parameters.Flags, entries, parameters.CompletionEntries));
        if (OnSetup(parameters.Flags, entries) is not Errno.None and var error)
        {
            return SyscallResult.Failed(error);
        }

        parameters.SubmissionEntries = entries;
        parameters.Features = Features;
        parameters.Submission = new SubmissionOffsets
        {
            Head = SubmissionHead, Tail = SubmissionTail, Mask = SubmissionMask, Flags = SubmissionFlags,
            Array = Completions + (parameters.CompletionEntries * (uint)sizeof(Completion)),
        };
        parameters.Completion = new CompletionOffsets
        {
            Head = CompletionHead, Tail = CompletionTail, Mask = CompletionMask, Overflow = CompletionLost,
            Completions = Completions,
        };
        _made = parameters;
        return new SyscallResult(Descriptor, Errno.None);
    }

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        Mapped++;

        // Not zeros: memory that was used before.
        address = (byte*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Fill(address, bytes, 0xA5);
        if (what == RingMapping.Entries)
        {
            _entries = address;
            return default;
        }

        _queues = address;
        NativeMemory.Clear(_queues, Completions);
        *At(SubmissionMask) = _made.SubmissionEntries - 1;
        *At(CompletionMask) = _made.CompletionEntries - 1;
        return default;
    }

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        Enters.Add((submit, least, flags, argument is null
            ? null : (argument->Timeout->Seconds * 1_000_000_000) + argument->Timeout->Nanoseconds));
        var answer = Answers.TryDequeue(out var next) ? next : new Answer(Errno.None);
        var takes = Math.Min(submit, answer.Takes);
        for (uint i = 0; i < takes; i++)
        {
            var head = (*At(SubmissionHead))++ & (_made.SubmissionEntries - 1);
            var index = (_made.Flags & SetupFlags.NoSubmissionArray) != 0 ? head : At(_made.Submission.Array)[head];
            Taken.Add(new Span<byte>(_entries + (index * SubmissionEntry.Bytes), SubmissionEntry.Bytes).ToArray());
        }

        return answer.Error == Errno.None
            ? new SyscallResult((int)takes, Errno.None) : SyscallResult.Failed(answer.Error);
    }

    /// <summary>Completes a request.</summary>
    public void Complete(ulong data, int result, CompletionFlags flags = CompletionFlags.None)
    {
        var tail = *At(CompletionTail);
        var at = (Completion*)(_queues + Completions) + (tail & (_made.CompletionEntries - 1));
        *at = new Completion(data, result, flags);
        Volatile.Write(ref *At(CompletionTail), tail + 1);
    }

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count)
    {
        var isBuffers = operation is RegisterOperation.AddBufferRing or RegisterOperation.RemoveBufferRing;
        Registrations.Add((operation, isBuffers ? ((BufferRegistration*)argument)->Flags : (ushort)0));
        if (operation == RegisterOperation.AddBufferRing
            && OnBuffers(_made.SubmissionEntries) is not Errno.None and var error)
        {
            return SyscallResult.Failed(error);
        }

        if (operation == RegisterOperation.Probe)
        {
            var probe = (OperationProbe*)argument;
            probe->LastOperation = byte.MaxValue;
            foreach (var one in Operations)
            {
                probe->Operations[(byte)one].Flags = 1;
            }
        }

        return default;
    }

    public void Unmap(byte* address, nuint bytes)
    {
        Mapped--;
        NativeMemory.AlignedFree(address);
    }

    public void Close(int ring) => Closed++;

    public void Pause(int milliseconds) => Pauses.Add(milliseconds);

    /// <summary>What was mapped is the ring's, which gives it back.</summary>
    public void Dispose() => Assert.Equal(0, Mapped);

    private uint* At(uint offset) => (uint*)(_queues + offset);

    /// <summary>How an enter ends.</summary>
    internal readonly record struct Answer(Errno Error, uint Takes = uint.MaxValue);
}
