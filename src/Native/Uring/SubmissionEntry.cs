using System.Runtime.InteropServices;

namespace NetCore.Native.Uring;

/// <summary><c>struct io_uring_sqe</c>: a request. The methods expect an entry of zeros.</summary>
/// <remarks>
/// The memory of a transfer belongs to the kernel until the last completion of the request; what else an entry points
/// to (an address, vectors, a time) until it is submitted.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal unsafe struct SubmissionEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 64;

    private const int NoDescriptor = -1;

    [FieldOffset(0)]
    public Operation Operation;
    [FieldOffset(1)]
    public EntryFlags Flags;
    [FieldOffset(2)]
    public TransferFlags Transfer;
    [FieldOffset(2)]
    public AcceptFlags Acceptance;
    [FieldOffset(4)]
    public int Descriptor;
    [FieldOffset(8)]
    public ulong Offset;
    [FieldOffset(16)]
    public ulong Address;
    [FieldOffset(24)]
    public uint Length;
    [FieldOffset(28)]
    public uint OperationFlags;
    [FieldOffset(32)]
    public ulong Data;
    [FieldOffset(40)]
    public ushort BufferGroup;

    public void Nothing(ulong data) => Set(Operation.Nothing, NoDescriptor, null, 0, data);

    /// <summary>Receives once.</summary>
    public void Receive(int descriptor, void* into, int length, ulong data) =>
        Set(Operation.Receive, descriptor, into, length, data);

    /// <summary>Receives once, into a buffer of the group.</summary>
    public void ReceiveSelected(int descriptor, ushort group, ulong data)
    {
        Set(Operation.Receive, descriptor, null, 0, data);
        Flags = EntryFlags.BufferSelect;
        BufferGroup = group;
    }

    /// <summary>
    /// Receives until an error, the end or the lack of a buffer, each time into a buffer of the group.
    /// </summary>
    public void ReceiveMultishot(int descriptor, ushort group, ulong data)
    {
        ReceiveSelected(descriptor, group, data);
        Transfer = TransferFlags.ReceiveMultishot;
    }

    public void Send(int descriptor, void* bytes, int length, MessageFlags flags, ulong data)
    {
        Set(Operation.Send, descriptor, bytes, length, data);
        OperationFlags = (uint)flags;
    }

    public void Send(int descriptor, MessageHeader* message, MessageFlags flags, ulong data)
    {
        Set(Operation.SendMessage, descriptor, message, 1, data);
        OperationFlags = (uint)flags;
    }

    /// <summary>Reads from where the file is.</summary>
    public void Read(int descriptor, void* into, int length, ulong data)
    {
        Set(Operation.Read, descriptor, into, length, data);
        Offset = ulong.MaxValue;
    }

    /// <summary>Accepts one connection, non-blocking and closed on exec; its address is not asked for.</summary>
    public void Accept(int listener, ulong data)
    {
        Set(Operation.Accept, listener, null, 0, data);
        OperationFlags = Sockets.NonBlocking | Sockets.CloseOnExec;
    }

    /// <summary>Accepts until an error.</summary>
    public void AcceptMultishot(int listener, ulong data)
    {
        Accept(listener, data);
        Acceptance = AcceptFlags.Multishot;
    }

    public void Connect(int descriptor, void* address, int addressBytes, ulong data)
    {
        Set(Operation.Connect, descriptor, address, 0, data);
        Offset = (ulong)addressBytes;
    }

    /// <summary>Cancels the request before it, which has <see cref="EntryFlags.Link"/>, after a time.</summary>
    public void LinkTimeout(KernelTime* time, ulong data) => Set(Operation.LinkTimeout, NoDescriptor, time, 1, data);

    /// <summary>Completes with <see cref="Errno.TimerExpired"/> after a time.</summary>
    public void Timeout(KernelTime* time, ulong data) => Set(Operation.Timeout, NoDescriptor, time, 1, data);

    /// <summary>Completes once when one of the events is there (poll(2)).</summary>
    public void Poll(int descriptor, uint events, ulong data)
    {
        Set(Operation.PollAdd, descriptor, null, 0, data);
        OperationFlags = events;
    }

    /// <summary>Cancels the request that came with <paramref name="target"/>.</summary>
    public void Cancel(ulong target, ulong data) => Set(Operation.Cancel, NoDescriptor, (void*)target, 0, data);

    /// <summary>Cancels every request of the ring; since Linux 5.19.</summary>
    public void CancelAll(ulong data)
    {
        Set(Operation.Cancel, NoDescriptor, null, 0, data);
        OperationFlags = (uint)(CancelFlags.All | CancelFlags.Any);
    }

    private void Set(Operation operation, int descriptor, void* address, int length, ulong data)
    {
        Operation = operation;
        Descriptor = descriptor;
        Address = (ulong)address;
        Length = (uint)length;
        Data = data;
    }
}
