using System.Runtime.InteropServices;
using NetCore.Core;
using NetCore.Transport;

// A chat of text lines: transport and framing, for people who bring their own protocol. Try it with: nc 127.0.0.1 7000
if (args is ["--help"] or not ([] or ["--listen", _]))
{
    Console.WriteLine("LineChat [--listen URI]    URI: tcp://host:port, unix:///path; default tcp://127.0.0.1:7000");
    return args is ["--help"] ? 0 : 2;
}

var stop = new TaskCompletionSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var room = new ChatRoom();

try
{
    TransportAddress address = args is ["--listen", var uri] ? uri : "tcp://127.0.0.1:7000";
    var transport = Transports.Create(World.Default);
    await using var listener = await transport.ListenAsync(
        address, connection => _ = room.ServeAsync(connection));
    Console.WriteLine($"LineChat on {listener.Address}");
    await stop.Task;
    return 0;
}
catch (TransportException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}
