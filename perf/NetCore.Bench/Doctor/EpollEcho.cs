using NetCore.Bench.Contenders;

namespace NetCore.Bench.Doctor;

/// <summary>A wait for all, then a receive and a send for each.</summary>
internal sealed unsafe class EpollEcho : IEchoEngine
{
    private readonly Epoll _epoll = new();
    private readonly int _count;

    public EpollEcho(int[] sockets)
    {
        _count = sockets.Length;
        Array.ForEach(sockets, socket => _epoll.Watch(socket, Epoll.Input));
    }

    public void ServeAll()
    {
        var buffer = stackalloc byte[EngineCost.RequestBytes];
        for (var served = 0; served < _count;)
        {
            var ready = _epoll.Wait(-1);
            for (var i = 0; i < ready; i++)
            {
                var fd = _epoll.Fd(i);
                var received = Libc.Receive(fd, buffer, EngineCost.RequestBytes, 0);
                _ = Libc.Send(fd, buffer, received, Libc.NoSignal);
            }

            served += ready;
        }
    }

    public void Dispose() => _epoll.Dispose();
}
