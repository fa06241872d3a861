using NetCore.Samples;
using NetCore.Transport;

// Sends every byte back: the transport alone, without framing or session. Try it with: nc 127.0.0.1 7000
const string purpose = "Sends every byte back.";
return await SampleServer.RunAsync("Echo", purpose, args, connection => _ = EchoAsync(connection));

static async Task EchoAsync(Connection connection)
{
    await using var pipe = connection.AsDuplexPipe();
    try
    {
        // While the peer does not read, no more than the pipes hold is taken from it.
        await pipe.Input.CopyToAsync(pipe.Output);
    }
    catch (TransportException exception)
    {
        Console.Error.WriteLine($"{connection.Id}: {exception.Error}");
    }
}
