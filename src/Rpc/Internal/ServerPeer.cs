using System.Diagnostics.CodeAnalysis;
using NetCore.Framing;
using NetCore.Session;

namespace NetCore.Rpc.Internal;

/// <summary>The server's end of one session: a queue of calls and the work items that answer them.</summary>
/// <remarks>
/// At most one work item is queued and not started. It takes a call, and before it enters user code it queues the next
/// item when calls remain: a handler that blocks stops nobody else. While such an item is queued, replies are held and
/// sent together; whoever starts next, or finds the queue empty, sends them.
/// </remarks>
internal sealed class ServerPeer(ServerWorld server) : ISessionHandler, IThreadPoolWorkItem
{
    private readonly Lock _lock = new();

    // Guarded by the lock.
    private ServerCall? _head;
    private ServerCall? _tail;
    private int _running;
    private bool _queued;

    // Sends are held: then an item is queued, which releases them when it starts, or an item is about to.
    private bool _held;

    public PeerSession Session { get; private set; } = null!;

    public void Attach(PeerSession session) => Session = session;

    public SessionStream? OnOpening(PeerSession session, UpperProtocol protocol)
    {
        if (protocol != UpperProtocol.Rpc)
        {
            return null;
        }

        var call = server.Calls.Get();
        call.Begin(this);
        return call.Stream;
    }

    public void OnBatchEnd(PeerSession session)
    {
    }

    public void OnClosed(PeerSession session, in SessionClose close)
    {
    }

    /// <summary>Queues a call whose request is there.</summary>
    public void Enqueue(ServerCall call)
    {
        bool post;
        lock (_lock)
        {
            if (_tail is null)
            {
                _head = call;
            }
            else
            {
                _tail.Next = call;
            }

            _tail = call;
            post = TryArm_NeedsLock();
        }

        PostIf(post);
    }

    /// <summary>A handler that went on elsewhere is over.</summary>
    public void OnHandlerLeft()
    {
        bool post;
        lock (_lock)
        {
            _running--;
            post = TryArm_NeedsLock();
        }

        PostIf(post);
    }

    /// <summary>Answers calls; called by the executor.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        // What another item holds back may wait behind a handler that blocks.
        ReleaseSends(started: true);
        var context = ExecutionContext.Capture();
        for (var i = 0; i < RpcLimits.CallsPerWorkItem && TryTake(out var call, out var successor); i++)
        {
            if (!successor)
            {
                ReleaseSends(started: false);
            }

            if (call.Run())
            {
                lock (_lock)
                {
                    _running--;
                }
            }

            if (context is not null)
            {
                // What a handler left in its flow (AsyncLocal) is not for the next call.
                ExecutionContext.Restore(context);
            }
        }

        ReleaseSends(started: false);
        bool post;
        lock (_lock)
        {
            post = TryArm_NeedsLock();
        }

        PostIf(post);
    }

    // 'successor' says that another work item is queued: then sends are held, and it sends them if this one gets stuck.
    private bool TryTake([NotNullWhen(true)] out ServerCall? call, out bool successor)
    {
        bool post;
        lock (_lock)
        {
            call = _running < server.ConcurrencyPerConnection ? _head : null;
            if (call is null)
            {
                successor = false;
                return false;
            }

            _head = call.Next;
            _tail = _head is null ? null : _tail;
            call.Next = null;
            _running++;
            post = TryArm_NeedsLock();
            successor = _queued;
            if (successor && !_held)
            {
                // Under the lock, in which the successor says that it has started: it cannot miss this hold.
                _held = true;
                Session.Connection.HoldSends();
            }
        }

        PostIf(post);
        return true;
    }

    private bool TryArm_NeedsLock()
    {
        if (_queued || _head is null || _running >= server.ConcurrencyPerConnection)
        {
            return false;
        }

        _queued = true;
        return true;
    }

    private void PostIf(bool post)
    {
        if (post)
        {
            server.World.Executor.Post(this);
        }
    }

    private void ReleaseSends(bool started)
    {
        bool held;
        lock (_lock)
        {
            _queued &= !started;
            held = _held;
            _held = false;
        }

        if (held)
        {
            Session.Connection.ReleaseSends();
        }
    }
}
