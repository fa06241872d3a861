namespace NetCore.Session.Tests;

/// <summary>A long receive batch: the first half of what it brings about does not wait for its end.</summary>
public sealed class EarlySendTests
{
    [Fact]
    public void Half_of_a_gate_entry_is_sent_while_sends_are_held()
    {
        using var wired = new Wired(SessionRole.Connector);
        wired.Connection.HoldSends();
        for (var i = 1; i < SessionLimits.EarlySendMessages; i++)
        {
            wired.Open([1]);
        }

        Assert.Empty(wired.Sent());
        wired.Open([1]);
        Assert.Equal(SessionLimits.EarlySendMessages, wired.Sent().Count);
        wired.Open([1]);
        Assert.Empty(wired.Sent());
        wired.Connection.ReleaseSends();
        Assert.Single(wired.Sent());
    }

    [Fact]
    public void Answers_count_like_requests()
    {
        using var wired = new Wired();
        var ids = Enumerable.Range(0, SessionLimits.EarlySendMessages).Select(static i => (ulong)((2 * i) + 1));
        wired.Feed([.. ids.Select(static id => Frame.Open(id))]);
        wired.Connection.HoldSends();
        TestStream[] streams = [.. wired.Handler.Accepted];
        foreach (var stream in streams[..^1])
        {
            Assert.True(wired.Send(stream));
        }

        Assert.Empty(wired.Sent());
        Assert.True(wired.Send(streams[^1]));
        Assert.Equal(SessionLimits.EarlySendMessages, wired.Sent().Count);
        wired.Connection.ReleaseSends();
    }
}
