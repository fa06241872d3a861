using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>The one send of a connection that the kernel holds. For the ring's thread.</summary>
/// <remarks>
/// A send that waits until all is sent answers with the part that it has sent when the connection breaks, and the error
/// is gone with it: whoever sends next gets a broken pipe, see <see cref="LostErrors"/>.
/// </remarks>
internal unsafe struct UringOutput(UringSet set, int descriptor, bool isUnix)
{
    private readonly UringSet _set = set;
    private readonly int _descriptor = descriptor;
    private readonly bool _isUnix = isUnix;
    private MessageHeader* _message;

    /// <summary>Whether the kernel holds one.</summary>
    public bool IsSending { get; private set; }

    /// <summary>The request; what <paramref name="buffer"/> holds is the kernel's until <see cref="End"/>.</summary>
    public SubmissionEntry Begin(SendBuffer buffer, ulong data)
    {
        var flags = MessageFlags.NoSignal
            | (_set.Has(RingFeatures.SendAll) ? MessageFlags.WaitAll : MessageFlags.None);
        var entry = default(SubmissionEntry);
        if (buffer.SegmentCount == 1)
        {
            // The blocks of a batch are pinned for their life.
            var segment = buffer.GetSegment(0);
            fixed (byte* bytes = segment.Array)
            {
                entry.Send(_descriptor, bytes + segment.Offset, segment.Count, flags, data);
            }
        }
        else
        {
            _message = _set.Messages.Rent(buffer);
            entry.Send(_descriptor, _message, flags, data);
        }

        IsSending = true;
        _set.Counts.Send();
        return entry;
    }

    /// <summary>Its last completion has come; pending means that the rest is to be sent.</summary>
    public IoResult End(in Completion completion, SendBuffer buffer, bool closing)
    {
        IsSending = false;
        if (_message is not null)
        {
            _set.Messages.Return(_message);
            _message = null;
        }

        // A cancelled send tells what it has sent, when that is anything.
        if (completion.Result > 0)
        {
            buffer.Sent(completion.Result);
        }

        return buffer.Length == 0 ? IoResult.Done(0)
            : closing ? IoResult.Failed(TransportError.Aborted)
            : completion.Error is Errno.None or Errno.Interrupted or Errno.Again or Errno.Canceled ? IoResult.Pending
            : LostErrors.OfSend(_descriptor, _isUnix, completion.Error);
    }
}
