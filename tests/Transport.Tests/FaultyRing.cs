using System.Collections.Concurrent;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Tests;

/// <summary>Rings with the faults that the kernel's may have themselves, chosen by a seed.</summary>
/// <remarks>
/// No fault makes the kernel's state a lie. Requests are changed after they were made and before they are submitted:
/// a transfer asks for less, or is done by a kernel thread, whose completion comes late and after others. An enter is
/// interrupted or refused before it has done anything. A cancel finds nothing: the kernel's may miss a request that is
/// between two of its places.
/// </remarks>
internal sealed unsafe class FaultyRing(Faults faults) : IUringCalls
{
    // Of the generation, which never comes that far.
    private const ulong NobodysBit = 1UL << 55;

    private readonly UringKernel _kernel = new();
    private readonly ConcurrentDictionary<int, Queues> _rings = new();

    public SyscallResult Setup(uint entries, ref RingParameters parameters)
    {
        var result = _kernel.Setup(entries, ref parameters);
        if (result.IsOk)
        {
            _rings[result.Value] = new Queues { Parameters = parameters };
        }

        return result;
    }

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        if (faults.Chance(12, Fault.InterruptedBefore))
        {
            return SyscallResult.Failed(Errno.Interrupted);
        }

        if (submit > 0 && faults.Chance(12, Fault.Busy))
        {
            return SyscallResult.Failed(Errno.Busy);
        }

        if (_rings.TryGetValue(ring, out var queues))
        {
            Change(queues, submit);
        }

        return _kernel.Enter(ring, submit, least, flags, argument);
    }

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count) =>
        _kernel.Register(ring, operation, argument, count);

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address)
    {
        var result = _kernel.Map(ring, what, bytes, out address);
        if (what == RingMapping.Entries)
        {
            _rings[ring].Entries = (SubmissionEntry*)address;
        }
        else
        {
            _rings[ring].Base = address;
        }

        return result;
    }

    public void Unmap(byte* address, nuint bytes) => _kernel.Unmap(address, bytes);

    public void Close(int ring)
    {
        _rings.TryRemove(ring, out _);
        _kernel.Close(ring);
    }

    public void Pause(int milliseconds) => _kernel.Pause(milliseconds);

    private void Change(Queues queues, uint submit)
    {
        var head = Volatile.Read(ref *(uint*)(queues.Base + queues.Parameters.Submission.Head));
        var mask = *(uint*)(queues.Base + queues.Parameters.Submission.Mask);
        for (uint i = 0; i < submit; i++)
        {
            Change(queues.Entries + ((head + i) & mask));
        }
    }

    private void Change(SubmissionEntry* entry)
    {
        switch (entry->Operation)
        {
            case Operation.Send:
                entry->Length = (uint)faults.Part((int)entry->Length);
                break;
            case Operation.SendMessage:
                var header = (MessageHeader*)entry->Address;
                header->VectorCount = (nuint)faults.Part((int)header->VectorCount);
                break;
            case Operation.Receive:
                // Of the buffer that the kernel chooses; 0 is all of it.
                entry->Length = faults.Chance(3, Fault.Short) ? 1 + (uint)faults.Next(64) : entry->Length;
                break;
            case Operation.Cancel:
                entry->Address ^= faults.Chance(2, Fault.Missed) ? NobodysBit : 0;
                return;
            default:
                return;
        }

        if (faults.Chance(6, Fault.Asynchronous))
        {
            entry->Flags |= EntryFlags.Asynchronous;
        }
    }

    private sealed class Queues
    {
        public RingParameters Parameters;
        public byte* Base;
        public SubmissionEntry* Entries;
    }
}
