using System.Text;
using NetCore.Framing;
using NetCore.Samples;
using NetCore.Transport;

// A chat of lines: transport and framing, for people who bring their own protocol. Try it with: nc 127.0.0.1 7000
var codec = new LineCodec(new LineCodecOptions { MaxLength = 1000 });
var room = new ChatRoom();
const string purpose = "Sends every line to everybody who is connected.";
return await SampleServer.RunAsync("LineChat", purpose, args, connection => _ = ServeAsync(connection));

async Task ServeAsync(Connection connection)
{
    await using var member = connection.AsDuplexPipe();
    room.Add(member);
    try
    {
        // Ends with the peer's end, and with a line that is longer than the codec allows.
        for (var status = DecodeStatus.NeedMore; status == DecodeStatus.NeedMore;)
        {
            var read = await member.Input.ReadAsync();
            var rest = read.Buffer;
            while ((status = codec.TryDecode(ref rest, out var line)) == DecodeStatus.Complete)
            {
                room.Say($"{connection.Id}: {Encoding.UTF8.GetString(line).TrimEnd('\r')}");
            }

            member.Input.AdvanceTo(rest.Start, rest.End);
            status = read.IsCompleted ? DecodeStatus.Complete : status;
        }
    }
    catch (TransportException exception)
    {
        Console.WriteLine($"{connection.Id}: {exception.Error}");
    }

    room.Remove(member);
}
