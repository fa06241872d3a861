using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What a ring has received for a connection, which has not taken it. For the ring's thread.</summary>
internal unsafe struct UringReceived(UringSet set)
{
    private readonly UringSet _set = set;
    private byte* _bytes;
    private int _length;
    private ushort _buffer;
    private bool _more;
    private bool _ended;
    private Errno _error;

    /// <summary>Whether a receive is worth trying.</summary>
    public bool HasMore
    {
        readonly get => _more || _length > 0;
        set => _more = value;
    }

    /// <summary>A receive has completed; bytes that have come are never dropped.</summary>
    public void Add(in Completion completion)
    {
        HasMore = true;
        if (completion.HasBuffer)
        {
            var bytes = _set.Take(completion.BufferId);
            if (completion.Result > 0)
            {
                // Native memory, which stands where it is.
                fixed (byte* start = bytes)
                {
                    _bytes = start;
                }

                _length = completion.Result;
                _buffer = completion.BufferId;
                _set.CountReceive();
                HasMore = _length == bytes.Length || (completion.Flags & CompletionFlags.SocketNotEmpty) != 0;
                return;
            }

            _set.GiveBack(completion.BufferId);
        }

        switch (completion.Error)
        {
            case Errno.None:
                // Without a buffer it was a wait for readiness, and the receive that follows tells.
                _ended = _set.HasBuffers;
                break;
            case Errno.NoBuffers or Errno.Canceled or Errno.Interrupted or Errno.Again:
                // There may be bytes, for which no buffer was left: a receive into the block tells.
                break;
            default:
                _error = completion.Error;
                break;
        }
    }

    /// <summary>Copies what is there; false when only a receive tells.</summary>
    public bool TryTake(ArraySegment<byte> into, out IoResult result)
    {
        if (_length > 0)
        {
            var part = Math.Min(_length, into.Count);
            new ReadOnlySpan<byte>(_bytes, part).CopyTo(into);
            _bytes += part;
            _length -= part;
            if (_length == 0)
            {
                _set.GiveBack(_buffer);
            }

            result = IoResult.Done(part);
            return true;
        }

        if (_error != Errno.None)
        {
            result = NativeErrors.Failed(_error);
            return true;
        }

        result = IoResult.Done(0);
        return _ended;
    }

    /// <summary>The connection is over.</summary>
    public void Drop()
    {
        if (_length > 0)
        {
            _length = 0;
            _set.GiveBack(_buffer);
        }
    }
}
