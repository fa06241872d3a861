namespace NetCore.Fuzz;

/// <summary>What a target says when a law does not hold.</summary>
internal sealed class BrokenLawException(string message) : Exception(message)
{
    /// <summary>The law holds, or this throws. The text is made only then.</summary>
    public static void Unless(
        bool holds, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(holds))] string law = "")
    {
        if (!holds)
        {
            throw new BrokenLawException(law);
        }
    }
}
