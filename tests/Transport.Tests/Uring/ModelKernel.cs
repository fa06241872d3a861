using NetCore.Native;
using NetCore.Native.Tests;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>A kernel that holds the requests of one connection until it is told to complete one.</summary>
/// <remarks>
/// It sees what the kernel would see: the memory of a send must be the same from the submission to the completion, and
/// the descriptor must be open as long as a request names it.
/// </remarks>
internal sealed unsafe class ModelKernel(int descriptor) : IUringCalls, ISystemCalls, IDisposable
{
    private readonly FakeUring _ring = new();
    private readonly string _socket = LinkOf(descriptor);
    private byte* _buffers;
    private ushort _buffersHead;
    private int _buffersCount;
    private int _seen;

    public List<Request> Pending { get; } = [];

    public List<string> Violations { get; } = [];

    /// <summary>Bytes of the pattern that have come for the connection and were not received.</summary>
    public int Input { get; set; }

    public bool Ended { get; set; }

    /// <summary>Bytes that were received, each of which must reach the receiver.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Whether the descriptor is still that socket.</summary>
    public bool IsOpen => LinkOf(descriptor) == _socket;

    public Request? Oldest(UringKind kind) => Pending.Find(request => request.Kind == kind);

    /// <summary>What must hold whenever the kernel holds anything.</summary>
    public void Check()
    {
        if (Pending.Count > 0 && !IsOpen)
        {
            Violations.Add($"The descriptor is closed, and {Pending[0].Kind} names it.");
        }

        foreach (var request in Pending)
        {
            if (!request.Read().AsSpan().SequenceEqual(request.Bytes))
            {
                Violations.Add("The memory of a send was changed while the kernel held it.");
            }
        }
    }

    /// <summary>Receives; a request that goes on ends only when it is told to, or when nothing can follow.</summary>
    public void CompleteReceive(Request request, bool ends = true)
    {
        if (Input == 0 && !Ended)
        {
            Complete(request, -(int)Errno.Canceled);
            return;
        }

        var tail = *(ushort*)(_buffers + BufferEntry.TailOffset);
        if (Input > 0 && tail == _buffersHead)
        {
            Complete(request, -(int)Errno.NoBuffers);
            return;
        }

        if (Input == 0)
        {
            Complete(request, 0);
            return;
        }

        var entry = (BufferEntry*)(_buffers + ((_buffersHead++ & (_buffersCount - 1)) * BufferEntry.Stride));
        var part = Take(new Span<byte>(entry->Address, (int)entry->Length));
        var flags = CompletionFlags.Buffer | (CompletionFlags)((uint)entry->Id << 16)
            | (Input > 0 ? CompletionFlags.SocketNotEmpty : CompletionFlags.None);
        if (request.GoesOn && !ends)
        {
            _ring.Complete(request.Data, part, flags | CompletionFlags.More);
        }
        else
        {
            Complete(request, part, flags);
        }
    }

    /// <summary>Sends a part; nothing of it is an error.</summary>
    public void CompleteSend(Request request, int bytes, Errno error = Errno.Canceled)
    {
        Check();
        CheckSent(request.Bytes.AsSpan(0, bytes));
        Complete(request, bytes > 0 ? bytes : -(int)error);
    }

    public void Complete(Request request, int result, CompletionFlags flags = CompletionFlags.None)
    {
        Pending.Remove(request);
        _ring.Complete(request.Data, result, flags);
    }

    /// <summary>Answers a cancel, which ends its request soon when it has found it.</summary>
    public void CompleteCancel(Request request, Errno answer)
    {
        if (Pending.Find(one => one.Data == request.Target) is { } target)
        {
            target.IsCancelled |= answer == Errno.None;
        }
        else
        {
            answer = Errno.NoEntry;
        }

        Complete(request, -(int)answer);
    }

    public SyscallResult Setup(uint entries, ref RingParameters parameters) => _ring.Setup(entries, ref parameters);

    public SyscallResult Enter(int ring, uint submit, uint least, EnterFlags flags, WaitArgument* argument)
    {
        var result = _ring.Enter(ring, submit, least, flags, argument);
        for (; _seen < _ring.Taken.Count; _seen++)
        {
            var request = new Request(_ring.Taken[_seen]);
            if (request.Kind != UringKind.Wake)
            {
                Pending.Add(request);
            }
        }

        return result;
    }

    public SyscallResult Register(int ring, RegisterOperation operation, void* argument, uint count)
    {
        if (operation == RegisterOperation.AddBufferRing)
        {
            var registration = (BufferRegistration*)argument;
            _buffers = (byte*)registration->Address;
            _buffersCount = (int)registration->Entries;
        }

        return _ring.Register(ring, operation, argument, count);
    }

    public SyscallResult Map(int ring, RingMapping what, nuint bytes, out byte* address) =>
        _ring.Map(ring, what, bytes, out address);

    public void Unmap(byte* address, nuint bytes) => _ring.Unmap(address, bytes);

    public void Close(int ring) => _ring.Close(ring);

    public void Pause(int milliseconds) => _ring.Pause(milliseconds);

    public SyscallResult Receive(int from, Span<byte> into)
    {
        if (Oldest(UringKind.Receive) is not null)
        {
            Violations.Add("Two receives at once: the order is lost.");
        }

        return Input > 0 ? new SyscallResult(Take(into), Errno.None)
            : Ended ? default : SyscallResult.Failed(Errno.Again);
    }

    /// <summary>Bytes that a send past the ring takes before the socket is full.</summary>
    public int Room { get; set; }

    public SyscallResult Send(int to, ReadOnlySpan<byte> bytes)
    {
        if (Oldest(UringKind.Send) is not null)
        {
            Violations.Add("Two sends at once: the order is lost.");
        }

        var part = Math.Min(Room, bytes.Length);
        Room -= part;
        CheckSent(bytes[..part]);
        return part > 0 ? new SyscallResult(part, Errno.None) : SyscallResult.Failed(Errno.Again);
    }

    public SyscallResult Send(int to, ReadOnlySpan<IoVector> vectors)
    {
        var all = new List<byte>();
        foreach (var vector in vectors)
        {
            all.AddRange(new ReadOnlySpan<byte>(vector.Base, (int)vector.Length));
        }

        return Send(to, all.ToArray());
    }

    public SyscallResult Accept(int listener) => throw new NotSupportedException("There is no listener.");

    public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
        throw new NotSupportedException("There is no epoll.");

    public void Dispose() => _ring.Dispose();

    private static string LinkOf(int descriptor) => new FileInfo($"/proc/self/fd/{descriptor}").LinkTarget ?? "";

    private void CheckSent(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one != Peer.ByteAt(Sent++))
            {
                Violations.Add($"Byte {Sent - 1} of the output is another one.");
                break;
            }
        }
    }

    private int Take(Span<byte> into)
    {
        var part = Math.Min(Input, into.Length);
        for (var i = 0; i < part; i++)
        {
            into[i] = Peer.ByteAt(Received++);
        }

        Input -= part;
        return part;
    }

    /// <summary>A request that the kernel holds.</summary>
    internal sealed class Request
    {
        private readonly SubmissionEntry _entry;
        private readonly IoVector[] _vectors = [];

        public Request(byte[] entry)
        {
            fixed (byte* bytes = entry)
            {
                _entry = *(SubmissionEntry*)bytes;
            }

            if (_entry.Operation == Operation.Send)
            {
                _vectors = [new IoVector { Base = (void*)_entry.Address, Length = _entry.Length }];
            }
            else if (_entry.Operation == Operation.SendMessage)
            {
                // Copied when it is submitted, as the kernel does.
                var header = (MessageHeader*)_entry.Address;
                _vectors = new ReadOnlySpan<IoVector>(header->Vectors, (int)header->VectorCount).ToArray();
            }

            Bytes = Read();
        }

        public ulong Data => _entry.Data;

        public ulong Target => _entry.Address;

        public UringKind Kind => (UringKind)(Data >> 56);

        /// <summary>Of a send, as they were at its submission.</summary>
        public byte[] Bytes { get; }

        public bool IsCancelled { get; set; }

        /// <summary>A receive that completes each time something has come.</summary>
        public bool GoesOn => Kind == UringKind.Receive && (_entry.Transfer & TransferFlags.ReceiveMultishot) != 0;

        /// <summary>Of a send, as they are now.</summary>
        public byte[] Read()
        {
            var all = new List<byte>();
            foreach (var vector in _vectors)
            {
                all.AddRange(new ReadOnlySpan<byte>(vector.Base, (int)vector.Length));
            }

            return [.. all];
        }
    }
}
