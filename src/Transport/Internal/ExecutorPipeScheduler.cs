using System.IO.Pipelines;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Runs the continuations of pipes on a world's executor.</summary>
internal sealed class ExecutorPipeScheduler(IExecutor executor) : PipeScheduler
{
    public static World WorldOf(Connection connection, PipeViewOptions options) =>
        options.World ?? (connection as PumpConnection)?.World ?? World.Default;

    public static PipeScheduler Of(Connection connection, PipeViewOptions options) =>
        new ExecutorPipeScheduler(WorldOf(connection, options).Executor);

    public override void Schedule(Action<object?> action, object? state) => executor.Post(new Item(action, state));

    private sealed class Item(Action<object?> action, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => action(state);
    }
}
