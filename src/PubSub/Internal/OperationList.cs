using NetCore.Core;

namespace NetCore.PubSub.Internal;

/// <summary>Publishes that are over, whose callers are to go on: by one work item for all of them.</summary>
internal sealed class OperationList(World world) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private PublishOperation? _head;
    private PublishOperation? _tail;
    private bool _posted;

    public void Add(PublishOperation operation)
    {
        operation.NextDone = null;
        bool post;
        lock (_lock)
        {
            if (_tail is null)
            {
                _head = operation;
            }
            else
            {
                _tail.NextDone = operation;
            }

            _tail = operation;
            post = !_posted;
            _posted = true;
        }

        if (post)
        {
            world.Executor.Post(this);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Take() is { } operation)
        {
            operation.Wake();
        }
    }

    private PublishOperation? Take()
    {
        lock (_lock)
        {
            var operation = _head;
            _posted = operation is not null;
            if (operation is not null)
            {
                _head = operation.NextDone;
                _tail = _head is null ? null : _tail;
                operation.NextDone = null;
            }

            return operation;
        }
    }
}
