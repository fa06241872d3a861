namespace NetCore.Session.Tests;

/// <summary>
/// Waits for an async method whose last step may run on the pool: the test runner has a scheduler of its own.
/// </summary>
internal static class Finish
{
    public static void Of(Task task, string what = "It did not complete.") =>
        Assert.True(task.Wait(TimeSpan.FromSeconds(90)), what);

    public static T Of<T>(Task<T> task)
    {
        Of((Task)task);
        return task.GetAwaiter().GetResult();
    }
}
