using Microsoft.AspNetCore.Connections;

namespace NetCore.Bench.Contenders;

/// <summary>Counts what comes and says how much it was.</summary>
internal sealed class KestrelSink : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        long total = 0;
        while (true)
        {
            var read = await input.ReadAsync();
            total += read.Buffer.Length;
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await connection.Transport.Output.WriteAsync(BitConverter.GetBytes(total));
    }
}
