using System.Diagnostics;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>Processes that may not have a ring, or not many.</summary>
public sealed class RingDenialTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData((int)Errno.NotPermitted, nameof(RingRefusal.NotPermitted))]
    [InlineData((int)Errno.NotImplemented, nameof(RingRefusal.NotAvailable))]
    [Trait("Trap", "26")]
    public async Task A_filter_of_system_calls_refuses_with_a_reason(int errno, string refusal) =>
        Assert.Equal($"{refusal} {(Errno)errno}", await RunAsync("deny", $"{errno}"));

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_filter_of_system_calls_holds_for_the_program_that_follows() =>
        Assert.Equal("behind", await RunAsync("deny", "1", "echo", "behind"));

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [Trait("Trap", "25")]
    public async Task A_user_with_little_lockable_memory_gets_rings_until_it_is_used_up_and_again_after_that()
    {
        // 8 MiB is the limit that systems come with. Kernels that do not count the memory of rings refuse none.
        var words = (await RunAsync("locked", $"{8 << 20}")).Split(' ');
        var (held, refusal) = (int.Parse(words[0]), Enum.Parse<RingRefusal>(words[1]));
        Assert.True(
            (refusal == RingRefusal.NoMemory && held > 0) || (refusal == RingRefusal.None && held == 500),
            $"{held} rings, then {refusal}.");

        // Memory comes back late, but it does come back.
        Assert.Equal("100", words[2]);
    }

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NetCore.Native.Peer.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(Patience);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            Assert.True(process.ExitCode == 0, await error);
            return output.Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
