using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The one answer of a call at the server: the first counts, later ones are dropped.</summary>
internal sealed class CallReply(ServerStream stream)
{
    private int _given;

    public PeerSession Session { get; set; } = null!;

    /// <summary>Of a call with items: what the handler has written, which goes before the answer.</summary>
    public ItemWriter? Items { get; set; }

    /// <summary>Nobody waits for an answer.</summary>
    public bool IsOneWay { get; set; }

    public bool IsGiven => Volatile.Read(ref _given) != 0;

    /// <summary>Answers with a value, or with an error when that is larger than the caller takes.</summary>
    public void Give<TResponse>(IMessageCodec<TResponse> codec, in TResponse response)
    {
        var message = Session.RentMessage();
        try
        {
            var header = new ResponseHeader(RpcErrorCode.None, RpcExecution.Executed);
            MessageEncoding.Write(header, codec, in response, message);
        }
        catch
        {
            message.Dispose();
            throw;
        }

        if (Session.IsTooLarge(message))
        {
            message.Dispose();
            throw new RpcException(RpcErrorCode.MessageTooLarge, "The response is larger than the caller takes.");
        }

        Send(message);
    }

    /// <summary>Answers with a failure; false when there is no memory even for that.</summary>
    public bool TryFail(in CallOutcome outcome)
    {
        if (IsGiven)
        {
            return true;
        }

        var message = Session.RentMessage();
        try
        {
            ErrorReply.Write(in outcome, message);
        }
        catch (ByteBudgetExceededException)
        {
            message.Dispose();
            return false;
        }

        Send(message);
        return true;
    }

    /// <summary>An answer without a body, which gives a one-way caller its slot back.</summary>
    public void GiveEmpty() => Send(Session.RentMessage());

    /// <summary>Nothing will be sent.</summary>
    public void Withhold() => Volatile.Write(ref _given, 1);

    public void Reset()
    {
        _given = 0;
        IsOneWay = false;
    }

    private void Send(OutgoingMessage message)
    {
        if (Interlocked.Exchange(ref _given, 1) != 0)
        {
            message.Dispose();
            return;
        }

        if (Items is { } items)
        {
            items.Complete(message);
        }
        else
        {
            Session.Send(stream, message, end: true);
        }
    }
}
