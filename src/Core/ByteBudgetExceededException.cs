namespace NetCore.Core;

/// <summary>The byte budget of a world is used up: too much is in flight for the memory that was allowed.</summary>
public sealed class ByteBudgetExceededException : Exception
{
    /// <summary>Names the budget's limit and what to do.</summary>
    public ByteBudgetExceededException(ByteBudget budget)
        : base($"The byte budget of {budget?.Limit} bytes is used up. Dispose leases earlier, lower the number of "
            + "outstanding calls, or give the world a larger budget.")
    {
    }
}
