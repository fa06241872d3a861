namespace NetCore.PubSub.Tests;

public class TopicTextTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("a.b-c_d.é.1.2.3.4.5.6.7.8.9.10.11.12.13")]
    public void A_topic_is_taken(string text) => Assert.Equal(text, new TopicName(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("a b")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    [InlineData("*")]
    [InlineData("a.>")]
    [InlineData("a*")]
    [InlineData("1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17")]
    public void A_malformed_topic_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => new TopicName(text));

    [Theory]
    [InlineData("a.*.>")]
    [InlineData("*.*.*.*.a")]
    [InlineData(">")]
    public void A_pattern_is_taken(string text) => Assert.False(new TopicPattern(text).IsLiteral);

    [Theory]
    [InlineData(">.a")]
    [InlineData("a*.b")]
    [InlineData("a.b>")]
    [InlineData("**")]
    [InlineData("*.*.*.*.*")]
    public void A_malformed_pattern_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => new TopicPattern(text));

    [Fact]
    public void A_topic_has_255_bytes_at_most()
    {
        Assert.Equal(255, new TopicName(new string('x', 255)).ToString().Length);
        Assert.Throws<ArgumentException>(() => new TopicName(new string('x', 256)));
        Assert.Throws<ArgumentException>(() => new TopicName(new string('é', 128)));
    }

    [Fact]
    public void Headers_have_bounds()
    {
        Assert.Throws<ArgumentException>(() => MessageHeaders.Create(("", "x")));
        Assert.Throws<ArgumentException>(() => MessageHeaders.Create(("a", new string('x', 4096))));
        Assert.Throws<ArgumentException>(
            () => MessageHeaders.Create([.. Enumerable.Range(0, 33).Select(static i => ($"{i}", ""))]));
        Assert.Equal("", MessageHeaders.Create(("a", "")).Get("a"));
    }
}
