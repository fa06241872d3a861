using System.Buffers;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.PubSub.Internal;

/// <summary>Publishes over the stream of a client.</summary>
internal sealed class ClientOutbox(PeerSession session, SessionStream stream) : Outbox(session.World)
{
    protected override void Hand_NeedsLock(Block block, int length)
    {
        var message = session.RentMessage();
        message.Adopt(block, length);
        Hand(message);
    }

    protected override void HandLong_NeedsLock(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        var message = session.RentMessage();
        try
        {
            message.Write(head);
            message.Write(payload);
        }
        catch
        {
            message.Dispose();
            throw;
        }

        if (session.IsTooLarge(message))
        {
            var bytes = message.Length;
            message.Dispose();
            throw new PubSubException(
                PubSubErrorCode.MessageTooLarge,
                $"The broker's session takes no message of {bytes} bytes (SessionOptions.MaxMessageBytes).");
        }

        Hand(message);
    }

    // Held until the lock is left: the send itself is a system call.
    protected override void AfterSend(int messages)
    {
        for (; messages > 0; messages--)
        {
            session.Connection.ReleaseSends();
        }
    }

    private void Hand(OutgoingMessage message)
    {
        session.Connection.HoldSends();

        // False when the stream has ended; those who wait are told by its end.
        session.Send(stream, message, end: false);
    }
}
