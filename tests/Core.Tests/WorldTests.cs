namespace NetCore.Core.Tests;

/// <summary>What lives in a world and ends with it.</summary>
public sealed class WorldTests
{
    [Fact]
    public void What_was_added_is_disposed_once_and_the_newest_first()
    {
        var order = new List<string>();
        var world = new World(new WorldOptions { DriveTimers = false });
        world.GetOrAdd(_ => new First(order));
        world.GetOrAdd(w =>
        {
            // What it needs is older, although it was asked for first.
            w.GetOrAdd(_ => new Second(order));
            return new Third(order);
        });
        world.GetOrAdd(static _ => "nothing to dispose");
        Assert.Same(world.GetOrAdd<First>(static _ => null!), world.GetOrAdd<First>(static _ => null!));
        world.Dispose();
        world.Dispose();
        Assert.Equal(["third", "second", "first"], order);
    }

    private sealed class First(List<string> order) : IDisposable
    {
        public void Dispose() => order.Add("first");
    }

    private sealed class Second(List<string> order) : IDisposable
    {
        public void Dispose() => order.Add("second");
    }

    private sealed class Third(List<string> order) : IDisposable
    {
        public void Dispose() => order.Add("third");
    }
}
