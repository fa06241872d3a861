namespace NetCore.Session.Internal;

/// <summary>What is due when on a quiet, dead or stuck session. Times are milliseconds; guarded by the session's gate.</summary>
internal sealed class Liveness
{
    private readonly SessionRole _role;
    private readonly long _pingAfter;
    private readonly long _pingTimeout;
    private readonly long _idleTimeout;
    private readonly long _handshakeBy;
    private long _receivedAt;
    private long _pingedAt = -1;
    private long _lastStreamAt;
    private long _partialSince = -1;
    private long _blockedSince = -1;

    public Liveness(SessionRole role, SessionOptions options, long now)
    {
        _role = role;
        _pingAfter = (long)options.PingAfter.TotalMilliseconds;
        _pingTimeout = (long)options.PingTimeout.TotalMilliseconds;
        _idleTimeout = (long)options.IdleTimeout.TotalMilliseconds;
        _handshakeBy = now + (long)options.HandshakeTimeout.TotalMilliseconds;
        _receivedAt = _lastStreamAt = now;
    }

    /// <summary>Bytes arrived; <paramref name="partial"/> says whether a frame has begun and is not complete.</summary>
    public void OnReceive(long now, bool partial, bool progress)
    {
        _receivedAt = now;
        _pingedAt = -1;
        if (!partial)
        {
            _partialSince = -1;
        }
        else if (progress || _partialSince < 0)
        {
            _partialSince = now;
        }
    }

    public void OnStream(long now) => _lastStreamAt = now;

    /// <summary>A send was composed; <paramref name="more"/> says whether output still waits.</summary>
    public void OnSend(long now, bool more) => _blockedSince = more ? now : -1;

    /// <summary>Output was queued.</summary>
    public void OnQueued(long now)
    {
        if (_blockedSince < 0)
        {
            _blockedSince = now;
        }
    }

    /// <summary>Looks at the clock.</summary>
    public LivenessAction Look(long now, bool established, bool hasStreams, out long next)
    {
        next = now + 1;
        if (!established)
        {
            next = _handshakeBy;
            return now >= _handshakeBy ? LivenessAction.HandshakeTimeout : LivenessAction.None;
        }

        if (hasStreams)
        {
            _lastStreamAt = now;
        }

        if (_partialSince >= 0 && now - _partialSince >= SessionLimits.FrameTimeoutMilliseconds)
        {
            return LivenessAction.FrameTimeout;
        }

        if (_blockedSince >= 0 && now - _blockedSince >= SessionLimits.SendTimeoutMilliseconds)
        {
            return LivenessAction.SlowConsumer;
        }

        if (_role == SessionRole.Acceptor && !hasStreams && now - _lastStreamAt >= _idleTimeout)
        {
            return LivenessAction.Idle;
        }

        if (_pingedAt >= 0)
        {
            next = Soonest(now, _pingedAt + _pingTimeout);
            return now - _pingedAt >= _pingTimeout ? LivenessAction.PeerDead : LivenessAction.None;
        }

        if (now - _receivedAt >= _pingAfter)
        {
            _pingedAt = now;
            next = Soonest(now, now + _pingTimeout);
            return LivenessAction.Ping;
        }

        next = Soonest(now, _receivedAt + _pingAfter);
        return LivenessAction.None;
    }

    // Each condition is looked at when the nearest of them can come true.
    private long Soonest(long now, long next)
    {
        if (_partialSince >= 0)
        {
            next = Math.Min(next, _partialSince + SessionLimits.FrameTimeoutMilliseconds);
        }

        if (_blockedSince >= 0)
        {
            next = Math.Min(next, _blockedSince + SessionLimits.SendTimeoutMilliseconds);
        }

        if (_role == SessionRole.Acceptor)
        {
            next = Math.Min(next, _lastStreamAt + _idleTimeout);
        }

        return Math.Max(next, now + 1);
    }
}
