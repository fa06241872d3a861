using System.Globalization;
using NetCore.Native.Uring;

namespace NetCore.Native.Tests;

/// <summary>
/// A made-up flag is refused by the kernels that do not know it, and means something else to one that gave its bit
/// away later.
/// </summary>
public sealed class UringConstantTests
{
    private static readonly Type[] Types =
    [
        typeof(SetupFlags), typeof(FeatureFlags), typeof(EnterFlags), typeof(QueueFlags), typeof(RegisterOperation),
        typeof(Operation), typeof(EntryFlags), typeof(TransferFlags), typeof(AcceptFlags), typeof(CancelFlags),
        typeof(CompletionFlags), typeof(RingMapping),
    ];

    public static bool NoHeader => !File.Exists(UringHeader.Path) && UringHeader.MayBeMissing;

    [Fact]
    [Trait("Trap", "28")]
    public void There_is_no_flag_but_those_of_the_kernel()
    {
        foreach (var type in Types)
        {
            var ours = Enum.GetNames(type).Where(static name => name != "None").Order();
            var known = UringConstants.All.Where(one => one.Type == type).Select(static one => one.Member).Order();
            Assert.Equal(known, ours);
        }
    }

    [Fact]
    public void Each_flag_has_the_value_of_the_kernel() => Assert.All(UringConstants.All, static one =>
        Assert.Equal(one.Value, Convert.ToUInt64(Enum.Parse(one.Type, one.Member), CultureInfo.InvariantCulture)));

    [Fact]
    public void No_flag_is_younger_than_the_kernel_of_the_best_set_up_but_those_that_a_feature_tells()
    {
        var young = UringConstants.All.Where(static one => Version.Parse(one.Since) > new Version(6, 6));
        Assert.Equal(["NoIoWait", "NoIoWait"], young.Select(static one => one.Member));
    }

    [Fact(Skip = "There is no linux/io_uring.h; see eng/debian-packages.txt.", SkipWhen = nameof(NoHeader))]
    public void The_installed_header_says_the_same()
    {
        var header = UringHeader.Read();
        var (known, unknown) = (0, new List<string>());
        foreach (var one in UringConstants.All)
        {
            if (header.TryGetValue(one.HeaderName, out var value))
            {
                known++;
                Assert.True(value == one.Value, $"{one} is {value} there and {one.Value} here.");
            }
            else
            {
                unknown.Add($"{one.HeaderName} ({one.Since})");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Too old for: {string.Join(", ", unknown)}");

        // A header as old as Linux 5.11, the least that is supported, knows this many.
        Assert.True(known >= 25, $"Only {known} names are known there.");
    }

    [Fact]
    public void The_header_is_read_as_a_compiler_reads_it()
    {
        var numbers = UringHeader.Parse("""
            enum { A_BIT, B_BIT, /* C, */ C_BIT = 7, D_BIT, };
            #define B	(1U << B_BIT) /* two */
            #define D 0x10ULL
            #define E (1U << 31)
            #define F(x) (x)
            """);
        Assert.Equal((1UL, 7UL, 8UL), (numbers["B_BIT"], numbers["C_BIT"], numbers["D_BIT"]));
        Assert.Equal((2UL, 16UL, 1UL << 31), (numbers["B"], numbers["D"], numbers["E"]));
        Assert.DoesNotContain("C", numbers.Keys);
    }
}
