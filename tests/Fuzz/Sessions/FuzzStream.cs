using System.Buffers;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Fuzz.Sessions;

/// <summary>A stream of either side that holds the session to its contract and may answer.</summary>
internal sealed class FuzzStream(PeerSession session, FuzzHandler handler, bool accepted, bool answers)
    : SessionStream
{
    private const int LongestAnswer = 2000;

    private bool _lastCame;

    /// <summary>It has ended, by this side or not.</summary>
    public bool IsOver { get; private set; }

    public override string ToString() => $"stream {Id}, {(accepted ? "of the peer" : "own")}, over: {IsOver}";

    public static void Send(PeerSession session, FuzzStream stream, ReadOnlySpan<byte> bytes, bool end)
    {
        if (TryWrite(session, bytes) is { } message)
        {
            session.Send(stream, message, end);
        }
    }

    /// <summary>A message, or null when there is no memory for one.</summary>
    public static OutgoingMessage? TryWrite(PeerSession session, ReadOnlySpan<byte> bytes)
    {
        var message = session.RentMessage();
        try
        {
            message.Write(bytes);
            return message;
        }
        catch (ByteBudgetExceededException)
        {
            message.Dispose();
            return null;
        }
    }

    public void Reset()
    {
        if (session.TryReset(this, Life, ResetCode.Cancelled, out _))
        {
            handler.Hold(!IsOver);
            Over();
        }
    }

    protected override void OnMessage(in IncomingMessage message)
    {
        handler.Hold(!IsOver && !_lastCame);
        _lastCame = message.IsLast;
        Span<byte> bytes = stackalloc byte[Math.Min(message.Length, LongestAnswer)];
        message.CopyTo(0, bytes);
        if (answers)
        {
            Send(session, this, bytes, message.IsLast);
        }
    }

    protected override void OnEnded(in StreamEnd end)
    {
        handler.Hold(!IsOver);
        Over();
    }

    private void Over()
    {
        IsOver = true;
        if (accepted)
        {
            session.Release(this);
        }
    }
}
