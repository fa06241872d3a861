using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Sessions;

/// <summary>The worlds in which the inputs of a target live, one after the other.</summary>
internal sealed class FuzzWorlds
{
    // A pool that tracks keeps more blocks and stacks with time; a new one now and then keeps that bounded.
    private const int InputsOfAWorld = 1000;
    private const int PoorBudget = 128 * 1024;

    private readonly TestWorld?[] _worlds = new TestWorld?[2];
    private int _inputs;

    /// <summary>One at its baseline.</summary>
    public TestWorld Of(SessionScript script)
    {
        if (++_inputs % InputsOfAWorld == 0)
        {
            foreach (var old in _worlds)
            {
                old?.AssertBaseline();
                old?.Dispose();
            }

            Forget();
        }

        // Continuations on a thread with a context would leave the stepped world.
        SynchronizationContext.SetSynchronizationContext(null);
        return _worlds[script.IsPoor ? 1 : 0] ??=
            script.IsPoor ? new TestWorld(byteBudget: PoorBudget) : new TestWorld();
    }

    /// <summary>What is left behind in a world would be found again by every later input.</summary>
    public void Forget() => Array.Clear(_worlds);
}
