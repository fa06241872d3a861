using System.Globalization;

namespace NetCore.Rpc.Internal;

/// <summary>Which times a call may have, and what to do instead of the others.</summary>
internal static class CallTimeout
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <exception cref="ArgumentOutOfRangeException">Its message says what to set.</exception>
    public static TimeSpan Checked(TimeSpan value, string name)
    {
        if (value >= Shortest && value <= RpcLimits.MaxTimeout)
        {
            return value;
        }

        var hint = value == Timeout.InfiniteTimeSpan || value > RpcLimits.MaxTimeout
            ? "Every call has a deadline, so that nothing waits for ever: set RpcLimits.MaxTimeout (24 h) at most."
            : "A call whose time has run out is not to be made: set 1 ms at least. Leave CallOptions.Timeout out to "
                + "have RpcClientOptions.DefaultTimeout.";
        var shown = value == Timeout.InfiniteTimeSpan
            ? "Timeout.InfiniteTimeSpan" : value.ToString("c", CultureInfo.InvariantCulture);
        throw new ArgumentOutOfRangeException(name, $"{name} cannot be {shown}. {hint}");
    }
}
