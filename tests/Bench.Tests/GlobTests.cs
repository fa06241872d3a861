namespace NetCore.Bench.Tests;

public class GlobTests
{
    [Theory]
    [InlineData("ping-pong-32", true)]
    [InlineData("ping*", true)]
    [InlineData("*.unix", false)]
    [InlineData("ping-pong-??", true)]
    [InlineData("ping-pong-3", false)]
    [InlineData("64x1,ping-pong-32", true)]
    [InlineData("64x1,64x16", false)]
    [InlineData("PING*", true)]
    public void A_pattern_covers_the_whole_name(string pattern, bool fits) =>
        Assert.Equal(fits, Glob.Matches([pattern], "ping-pong-32"));

    [Fact]
    public void Without_patterns_everything_fits() => Assert.True(Glob.Matches([], "anything"));

    [Fact]
    public void One_of_several_patterns_is_enough() => Assert.True(Glob.Matches(["64x1", "bulk*"], "bulk-64k"));
}
