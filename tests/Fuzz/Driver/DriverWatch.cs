using NetCore.Fuzz.Memory;

namespace NetCore.Fuzz.Driver;

/// <summary>
/// Ends a child when its driver is gone, however that ended: the kernel closes the driver's end of the child's standard
/// input, on which nothing ever comes.
/// </summary>
internal static class DriverWatch
{
    private const int ExitCode = 1;

    public static void Start() => new Thread(EndWithDriver) { IsBackground = true, Name = "driver watch" }.Start();

    private static void EndWithDriver()
    {
        Span<byte> nothing = stackalloc byte[1];
        using var driver = Console.OpenStandardInput();
        while (driver.Read(nothing) > 0)
        {
        }

        // Not Environment.Exit, which waits for what an input may have broken, and nobody is there to be told.
        Libc.Exit(ExitCode);
    }
}
