using NetCore.Testing.Shared;

namespace NetCore.Fuzz.Sessions;

/// <summary>Says an input in pieces.</summary>
internal static class Feed
{
    /// <summary>Says all of it, until the connection is closed.</summary>
    /// <param name="input">All, from its first byte on.</param>
    /// <param name="arrived">So much of it has arrived before.</param>
    /// <param name="script">How long the pieces are.</param>
    /// <param name="world">Is settled after each piece.</param>
    /// <param name="connection">Where it arrives.</param>
    /// <param name="act">What happens after each piece, if the script has it so.</param>
    public static void Say(
        ReadOnlySpan<byte> input,
        int arrived,
        SessionScript script,
        TestWorld world,
        FuzzConnection connection,
        Action act)
    {
        while (arrived < input.Length && !connection.IsClosed)
        {
            arrived = (int)Math.Min(input.Length, arrived + (long)script.NextPiece());
            connection.Deliver(input, arrived);
            world.Settle();
            if (script.Acts)
            {
                act();
            }
        }
    }
}
