namespace NetCore.Core.Tests;

/// <summary>An executor of one thread; the test says whether that is the present one.</summary>
internal sealed class OneThread : IExecutor
{
    public bool IsSingleThread => true;

    public bool IsCurrentThread { get; set; } = true;

    public int Parallelism => 1;

    public void Post(IThreadPoolWorkItem item) => throw new NotSupportedException();
}
