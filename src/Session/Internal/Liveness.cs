namespace NetCore.Session.Internal;

/// <summary>
/// What is due when on a quiet, dead or stuck session. Times are milliseconds; guarded by the session's gate.
/// </summary>
internal struct Liveness
{
    private readonly SessionRole _role;
    private readonly SessionOptions _options;
    private long _handshakeBy;
    private long _receivedAt;
    private long _pingedAt = -1;
    private long _lastStreamAt;
    private long _activity;
    private long _partialSince = -1;
    private long _blockedSince = -1;

    public Liveness(SessionRole role, SessionOptions options)
    {
        _role = role;
        _options = options;
    }

    /// <summary>The connection was started; every time limit counts from here.</summary>
    public void OnStart(long now)
    {
        _handshakeBy = now + (long)_options.HandshakeTimeout.TotalMilliseconds;
        _receivedAt = _lastStreamAt = now;
        _blockedSince = -1;
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

    /// <summary>The connection asked for output.</summary>
    /// <param name="now">When.</param>
    /// <param name="progress">A frame of a stream was chosen.</param>
    /// <param name="waiting">Streams wait for their turn. Being asked and having no credit is no progress.</param>
    public void OnSend(long now, bool progress, bool waiting)
    {
        if (!waiting)
        {
            _blockedSince = -1;
        }
        else if (progress || _blockedSince < 0)
        {
            _blockedSince = now;
        }
    }

    /// <summary>The last look found that no stream was open, or had begun since the look before.</summary>
    public bool IsQuiet { get; private set; }

    private long PingAfter => (long)_options.PingAfter.TotalMilliseconds;

    private long PingTimeout => (long)_options.PingTimeout.TotalMilliseconds;

    private long IdleTimeout => (long)_options.IdleTimeout.TotalMilliseconds;

    /// <summary>Output waits to be sent since some time.</summary>
    public bool IsBlocked => _blockedSince >= 0;

    /// <summary>Output was queued while none waited.</summary>
    public void OnQueued(long now) => _blockedSince = now;

    /// <summary>Looks at the clock.</summary>
    /// <param name="now">When.</param>
    /// <param name="established">The peer's hello has come.</param>
    /// <param name="streams">Looked at for what has happened since the last look.</param>
    /// <param name="draining">This side is closing already.</param>
    /// <param name="next">When to look again.</param>
    public LivenessAction Look(long now, bool established, StreamRegistry streams, bool draining, out long next)
    {
        if (!established)
        {
            next = _handshakeBy;
            return now >= _handshakeBy ? LivenessAction.HandshakeTimeout : LivenessAction.None;
        }

        IsQuiet = streams.IsEmpty && streams.Activity == _activity;
        if (!IsQuiet)
        {
            _activity = streams.Activity;
            _lastStreamAt = now;
        }

        var action = Due(now, streams, mayIdle: _role == SessionRole.Acceptor && !draining);
        if (action == LivenessAction.Ping)
        {
            _pingedAt = now;
        }

        next = NextLook(now);
        return action;
    }

    private LivenessAction Due(long now, StreamRegistry streams, bool mayIdle)
    {
        if (_partialSince >= 0 && now - _partialSince >= SessionLimits.FrameTimeoutMilliseconds)
        {
            return LivenessAction.FrameTimeout;
        }

        if (_blockedSince >= 0 && now - _blockedSince >= SessionLimits.SendTimeoutMilliseconds)
        {
            return LivenessAction.SlowConsumer;
        }

        if (streams.IsAnyStarved(now, SessionLimits.StreamStallMilliseconds))
        {
            return LivenessAction.SlowConsumer;
        }

        if (_pingedAt >= 0 && now - _pingedAt >= PingTimeout)
        {
            return LivenessAction.PeerDead;
        }

        if (mayIdle && now - _lastStreamAt >= IdleTimeout)
        {
            return LivenessAction.Idle;
        }

        return _pingedAt < 0 && now - _receivedAt >= PingAfter ? LivenessAction.Ping : LivenessAction.None;
    }

    // Each condition is looked at when the nearest of them can come true. Those that begin between two looks are met by
    // looking at least twice within the shortest of their limits, so that nothing needs to be scheduled per frame.
    private long NextLook(long now)
    {
        var next = now + SessionLimits.MaxLookMilliseconds;
        next = Math.Min(next, _pingedAt >= 0 ? _pingedAt + PingTimeout : _receivedAt + PingAfter);
        if (_partialSince >= 0)
        {
            next = Math.Min(next, _partialSince + SessionLimits.FrameTimeoutMilliseconds);
        }

        if (_blockedSince >= 0)
        {
            next = Math.Min(next, _blockedSince + SessionLimits.SendTimeoutMilliseconds);
        }

        if (_role == SessionRole.Acceptor && _lastStreamAt + IdleTimeout > now)
        {
            next = Math.Min(next, _lastStreamAt + IdleTimeout);
        }

        return Math.Max(next, now + 1);
    }
}
