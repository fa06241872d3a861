namespace NetCore.Transport.Tests;

/// <summary>The end of a connection that waits for input.</summary>
public abstract class DisposeWhileWaiting<TEngine>
    where TEngine : Engine, new()
{
    [Fact]
    public async Task The_peer_of_a_connection_that_is_disposed_while_it_waits_is_told()
    {
        await using var engine = new TEngine();
        for (var i = 0; i < 20; i++)
        {
            await using var pair = await Pair.StartAsync(engine);

            // A byte there and back: both ends wait for the next now.
            pair.Client.SendPattern(1);
            await Pair.Until(() => pair.Server.Received == 1, "a byte");
            await pair.Server.Connection.DisposeAsync().AsTask().WaitAsync(Pair.Patience);
            await pair.Client.Done.Task.WaitAsync(Pair.Patience);
            Assert.True(pair.Client.Ended || pair.Client.Close.Error == TransportError.Reset);
        }

        Assert.Null(engine.Leftovers());
    }
}
