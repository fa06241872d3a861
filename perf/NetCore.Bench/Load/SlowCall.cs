namespace NetCore.Bench;

/// <summary>Requests that ask their server to take its time, for the long tail.</summary>
internal static class SlowCall
{
    /// <summary>As brpc's own benchmark has it: one call of a hundred takes 5 ms.</summary>
    public static readonly TimeSpan Time = TimeSpan.FromMilliseconds(5);

    /// <summary>One call out of so many.</summary>
    public const int Every = 100;

    /// <summary>Byte of the request that asks for it.</summary>
    public const int Flag = 4;

    public static bool IsAskedFor(ReadOnlySpan<byte> request) => request.Length > Flag && request[Flag] == 1;
}
