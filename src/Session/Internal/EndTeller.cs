namespace NetCore.Session.Internal;

/// <summary>Calls the callbacks that end streams, outside the gate, and lives with what they throw.</summary>
internal readonly struct EndTeller(SessionPump pump)
{
    /// <summary>Tells streams of their end, unless a receive callback is going to.</summary>
    public void TellAll(bool receiving)
    {
        while (true)
        {
            SessionStream stream;
            StreamEnd end;
            lock (pump.Gate)
            {
                if (!pump.Core.Ended.TryTake(receiving, out stream, out end))
                {
                    return;
                }
            }

            Tell(stream, in end);
        }
    }

    public void Tell(SessionStream stream, in StreamEnd end)
    {
        try
        {
            stream.OnEnded(in end);
        }
#pragma warning disable CA1031 // It is somebody else's code; the others must be told all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            OnThrew(nameof(SessionStream.OnEnded), exception);
        }
    }

    /// <summary>A callback threw: this session ends, nothing else is affected.</summary>
    public void OnThrew(string callback, Exception exception)
    {
        SessionLog.CallbackThrew(pump.Logger, pump.Connection.Id, callback, exception);
        pump.Abort(new SessionClose(
            SessionError.HandlerFailed, false, $"{callback} threw {exception.GetType().Name}."));
    }
}
