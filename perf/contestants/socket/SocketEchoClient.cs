using System.Diagnostics;
using System.Net.Sockets;

namespace NetCore.Bench.Contenders;

/// <summary>The calling side of the socket contestant: slots instead of callers, on one loop.</summary>
/// <remarks>
/// Each record that comes back belongs to the slot it names; the slot's time is taken and its next request is put into
/// the next send. There is no caller to wake up, so this is a bound and not an RPC.
/// </remarks>
internal sealed class SocketEchoClient(Socket socket) : IEchoClient
{
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private readonly byte[] _output = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);

    public async Task RunAsync(LoadRun run)
    {
        var started = new long[run.Outstanding];
        var pending = FirstRequests(started);
        var underWay = run.Outstanding;
        var kept = 0;
        while (true)
        {
            for (var sent = 0; sent < pending;)
            {
                sent += await socket.SendAsync(_output.AsMemory(sent, pending - sent));
            }

            if (underWay == 0)
            {
                return;
            }

            var received = await socket.ReceiveAsync(_input.AsMemory(kept));
            if (received == 0)
            {
                throw new BenchException("The server closed the connection.");
            }

            kept += received;
            pending = TakeAnswers(run, started, ref kept, ref underWay);
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }

    private int FirstRequests(long[] started)
    {
        for (var slot = 0; slot < started.Length; slot++)
        {
            Payload.Of(slot).CopyTo(_output, slot * Payload.Bytes);
            started[slot] = Stopwatch.GetTimestamp();
        }

        return started.Length * Payload.Bytes;
    }

    // Returns the bytes of the next send. What is left of an answer that came in two pieces moves to the front.
    private int TakeAnswers(LoadRun run, long[] started, ref int kept, ref int underWay)
    {
        var offset = 0;
        var pending = 0;
        for (; kept - offset >= Payload.Bytes; offset += Payload.Bytes)
        {
            var answer = _input.AsSpan(offset, Payload.Bytes);
            var slot = Payload.SlotOf(answer);
            if ((uint)slot >= (uint)started.Length)
            {
                throw new BenchException($"An answer names slot {slot}, which does not exist.");
            }

            var now = Stopwatch.GetTimestamp();
            run.Record(slot, now - started[slot]);
            if (run.Stopping)
            {
                underWay--;
                continue;
            }

            started[slot] = now;
            answer.CopyTo(_output.AsSpan(pending));
            pending += Payload.Bytes;
        }

        _input.AsSpan(offset, kept - offset).CopyTo(_input);
        kept -= offset;
        return pending;
    }
}
