using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace NetCore.Bench.Contenders;

/// <summary>Sends back what comes.</summary>
internal sealed class KestrelEcho : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        while (true)
        {
            var read = await input.ReadAsync();
            foreach (var segment in read.Buffer)
            {
                output.Write(segment.Span);
            }

            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }

            await output.FlushAsync();
        }
    }
}
