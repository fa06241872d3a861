using System.Runtime.InteropServices;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>Headers of gathered sends, in native memory. For the ring's thread.</summary>
/// <remarks>
/// A header is held until its send is over, although the kernel reads it when the request is submitted: so nobody has
/// to know when that was. There are as many as gathered sends were in flight at once.
/// </remarks>
internal sealed unsafe class UringMessages : IDisposable
{
    // Headers that are made at once: 64 of 184 bytes are three pages.
    private const int ChunkCount = 64;

    private readonly List<nint> _chunks = [];
    private readonly Stack<nint> _free = new();

    /// <summary>Headers that are held.</summary>
    public int Held => (_chunks.Count * ChunkCount) - _free.Count;

    /// <summary>The header of what <paramref name="buffer"/> holds, whose blocks are pinned for their life.</summary>
    public MessageHeader* Rent(SendBuffer buffer)
    {
        var message = (Message*)Take();
        var vectors = (IoVector*)(message + 1);
        for (var i = 0; i < buffer.SegmentCount; i++)
        {
            var segment = buffer.GetSegment(i);
            fixed (byte* bytes = segment.Array)
            {
                vectors[i] = new IoVector { Base = bytes + segment.Offset, Length = (nuint)segment.Count };
            }
        }

        message->Header = new MessageHeader { Vectors = vectors, VectorCount = (nuint)buffer.SegmentCount };
        return &message->Header;
    }

    public void Return(MessageHeader* header) => _free.Push((nint)header);

    public void Dispose()
    {
        _chunks.ForEach(static chunk => NativeMemory.Free((void*)chunk));
        _chunks.Clear();
        _free.Clear();
    }

    private nint Take()
    {
        if (_free.TryPop(out var header))
        {
            return header;
        }

        var stride = sizeof(Message) + (TransportLimits.MaxSendSegments * sizeof(IoVector));
        var chunk = (nint)NativeMemory.AllocZeroed(ChunkCount, (nuint)stride);
        _chunks.Add(chunk);
        for (var i = 1; i < ChunkCount; i++)
        {
            _free.Push(chunk + (i * stride));
        }

        return chunk;
    }

    private struct Message
    {
        public MessageHeader Header;
    }
}
