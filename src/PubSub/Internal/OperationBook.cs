using System.Buffers;
using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>The publishes of one outbox that wait: for room, or for an acknowledgement. Guarded by its lock.</summary>
internal sealed class OperationBook : ITimerTarget, IThreadPoolWorkItem
{
    private readonly Outbox _outbox;
    private readonly World _world;
    private readonly OperationList _completed;
    private readonly Stack<PublishOperation> _pool = new();
    private readonly Queue<PublishOperation> _waiting = new();
    private readonly ExpectedBatches _expected = new();
    private readonly List<PublishOperation> _accepted = [];
    private readonly WheelTimer _timer;
    private long _due = long.MaxValue;
    private int _open;

    public OperationBook(Outbox outbox, World world)
    {
        _outbox = outbox;
        _world = world;
        _completed = new OperationList(world);
        _timer = new WheelTimer(this);
    }

    public int Open => Volatile.Read(ref _open);

    public bool AnyWaits => _waiting.Count > 0;

    public PublishOperation Rent(TopicPublisher publisher, CancellationToken cancellationToken)
    {
        if (_open >= PubSubLimits.MaxWaitingPublishes)
        {
            throw new PubSubException(
                PubSubErrorCode.TooMany, $"{_open} publishes wait already for room or an acknowledgement.");
        }

        _open++;
        var operation = _pool.TryPop(out var pooled) ? pooled : new PublishOperation(_outbox);
        operation.IsDone = false;
        operation.Error = null;
        operation.Publisher = publisher;
        operation.Deadline = _world.Timers.Now + publisher.TimeoutMilliseconds;
        if (cancellationToken.CanBeCanceled)
        {
            operation.IsPooled = false;
            operation.Registration = cancellationToken.UnsafeRegister(
                static (state, token) =>
                {
                    var (book, cancelled) = ((OperationBook, PublishOperation))state!;
                    book.Cancel(cancelled, token);
                },
                (this, operation));
        }

        SetTimer(operation.Deadline);
        return operation;
    }

    /// <summary>Its message was not taken, and nobody has its task.</summary>
    public void Cede(PublishOperation? operation)
    {
        if (operation is { IsDone: false })
        {
            _open--;
            operation.IsDone = true;
            operation.Registration.Unregister();
            operation.Registration = default;
            if (operation.IsPooled)
            {
                Return(operation);
            }
        }
    }

    public void Return(PublishOperation operation)
    {
        if (_pool.Count < PubSubLimits.RetainedOperations)
        {
            _pool.Push(operation);
        }
    }

    /// <summary>Keeps a message until there is room.</summary>
    public void Wait(
        PublishOperation operation,
        ReadOnlySpan<byte> payload,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> headers)
    {
        var size = Record.SizeOf(key.Length, headers.Length, payload.Length);
        operation.Record = ArrayPool<byte>.Shared.Rent(size);
        operation.RecordLength = size;
        payload.CopyTo(operation.Record.AsSpan(Record.WriteHead(operation.Record, key, headers, payload.Length)));
        _waiting.Enqueue(operation);
    }

    /// <summary>There may be room for those that wait.</summary>
    public void OnRoom()
    {
        while (_waiting.TryPeek(out var operation))
        {
            if (!operation.IsDone)
            {
                bool appended;
                try
                {
                    appended = _outbox.TryAppend_NeedsLock(operation);
                }
                catch (PubSubException exception)
                {
                    Complete(operation, exception);
                    appended = true;
                }

                if (!appended)
                {
                    return;
                }
            }

            if (_waiting.TryPeek(out var first) && first == operation)
            {
                _waiting.Dequeue();
            }

            Forget(operation);
            if (!operation.IsDone && !operation.Publisher.WantsAcknowledgement)
            {
                Complete(operation, null);
            }
        }
    }

    /// <summary>A batch was sent, for which these wait.</summary>
    public void Expect(uint number, PublishOperation first) => _expected.Add(number, first);

    public void OnAccepted(uint first, uint last)
    {
        _expected.Take(first, last, _accepted);
        foreach (var operation in _accepted)
        {
            CompleteAll(operation, int.MaxValue, null);
        }

        _accepted.Clear();
    }

    public void OnRefused(uint number, PubSubErrorCode code, int accepted)
    {
        if (_expected.TryTake(number, out var operation))
        {
            CompleteAll(operation, accepted, new PubSubException(code, WhyRefused(code)));
        }
    }

    public void FailAll(PublishOperation? open, PubSubException error)
    {
        CompleteAll(open, 0, error);
        foreach (var operation in _expected.Firsts)
        {
            CompleteAll(operation, 0, error);
        }

        foreach (var operation in _waiting)
        {
            Complete(operation, error);
            Forget(operation);
        }

        _expected.Clear();
        _waiting.Clear();
        _world.Timers.Cancel(_timer);
    }

    /// <summary>On the timer thread.</summary>
    public void OnTimer(WheelTimer timer, long token) => _world.Executor.Post(this);

    /// <summary>Some may be late.</summary>
    public void Execute()
    {
        lock (_outbox.Lock)
        {
            _due = long.MaxValue;
            var now = _world.Timers.Now;
            var next = long.MaxValue;
            foreach (var operation in _waiting)
            {
                Expire(operation, now, ref next);
            }

            foreach (var first in _expected.Firsts)
            {
                for (var operation = first; operation is not null; operation = operation.Next)
                {
                    Expire(operation, now, ref next);
                }
            }

            SetTimer(next);
        }
    }

    private static string WhyRefused(PubSubErrorCode code) => code switch
    {
        PubSubErrorCode.DeadlineExceeded =>
            "A subscriber that may block the topic had no room before the publisher's deadline.",
        PubSubErrorCode.TooManyKeys => "The topic keeps last values and has no room for another key.",
        PubSubErrorCode.TooManyTopics => "The broker remembers as many topics as it may.",
        _ => "The broker refused the message.",
    };

    private void Expire(PublishOperation operation, long now, ref long next)
    {
        if (operation.IsDone)
        {
            return;
        }

        if (operation.Deadline > now)
        {
            next = Math.Min(next, operation.Deadline);
            return;
        }

        // Its batch, or the queue, still points to it.
        operation.IsPooled = false;
        Complete(operation, new PubSubException(
            PubSubErrorCode.DeadlineExceeded, "The message was not taken before its deadline."));
    }

    private void Cancel(PublishOperation operation, CancellationToken token)
    {
        lock (_outbox.Lock)
        {
            if (!operation.IsDone)
            {
                Complete(operation, new OperationCanceledException(token));
            }
        }
    }

    private void CompleteAll(PublishOperation? first, int accepted, PubSubException? error)
    {
        for (var operation = first; operation is not null;)
        {
            var next = operation.Next;
            operation.Next = null;
            if (!operation.IsDone)
            {
                Complete(operation, operation.Index < accepted ? null : error);
            }

            operation = next;
        }
    }

    private void Complete(PublishOperation operation, Exception? error)
    {
        if (operation.IsDone)
        {
            return;
        }

        _open--;
        operation.IsDone = true;
        operation.Error = error;
        operation.Registration.Unregister();
        operation.Registration = default;
        _completed.Add(operation);
    }

    private static void Forget(PublishOperation operation)
    {
        if (operation.Record is { } record)
        {
            operation.Record = null;
            ArrayPool<byte>.Shared.Return(record);
        }
    }

    private void SetTimer(long due)
    {
        if (due < _due)
        {
            _due = due;
            _world.Timers.Schedule(_timer, due - _world.Timers.Now);
        }
    }
}
