using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NetCore.Native.Tests;

/// <summary>The calls against the real kernel, with .NET's sockets as the other side.</summary>
public sealed class SystemCallTests : IDisposable
{
    private readonly SystemCalls _calls = new();
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<int> _descriptors = [];

    public SystemCallTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _listener.Blocking = false;
    }

    public static bool NotLinux => !OperatingSystem.IsLinux();

    public void Dispose()
    {
        _descriptors.ForEach(static descriptor => Sockets.Close(descriptor));
        _listener.Dispose();
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public unsafe void Bytes_go_both_ways_and_the_end_is_zero_bytes()
    {
        var (client, server) = Pair();
        Assert.True(_calls.Receive(server, new byte[8]).WouldBlock);
        Assert.Equal(3, _calls.Send(client, "abc"u8).Value);
        Span<byte> buffer = stackalloc byte[8];
        Wait(server, EpollFlags.In);
        Assert.Equal("abc", Encoding.ASCII.GetString(buffer[.._calls.Receive(server, buffer).Value]));

        fixed (byte* one = "12"u8, two = "345"u8)
        {
            IoVector[] both = [new() { Base = one, Length = 2 }, new() { Base = two, Length = 3 }];
            Assert.Equal(5, _calls.Send(server, both).Value);
        }

        Wait(client, EpollFlags.In);
        Assert.Equal("12345", Encoding.ASCII.GetString(buffer[.._calls.Receive(client, buffer).Value]));
        Assert.True(Sockets.EndOutput(client).IsOk);
        Wait(server, EpollFlags.ReadHangUp);
        Assert.Equal(new SyscallResult(0, Errno.None), _calls.Receive(server, buffer));
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void Both_ends_have_their_addresses()
    {
        var (client, server) = Pair();
        Assert.Equal(_listener.LocalEndPoint, Sockets.RemoteEnd(client));
        Assert.Equal(Sockets.LocalEnd(client), Sockets.RemoteEnd(server));
        Assert.Equal(_listener.LocalEndPoint, Sockets.LocalEnd(server));
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void A_reset_is_an_error_of_the_next_receive_and_of_nothing_after_it()
    {
        var (client, server) = Pair();
        Sockets.ResetOnClose(client);
        Sockets.Close(client);
        _descriptors.Remove(client);
        Wait(server, EpollFlags.Error);
        Assert.Equal(Errno.ConnectionReset, _calls.Receive(server, new byte[8]).Error);
        Assert.Equal(Errno.Pipe, _calls.Send(server, "x"u8).Error);
        Assert.Equal(Errno.None, Sockets.TakeError(server));
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void Who_connects_to_nobody_is_told_so()
    {
        var end = _listener.LocalEndPoint!;
        _listener.Dispose();
        var client = Track(Sockets.Create(AddressFamily.InterNetwork));
        var result = Sockets.Connect(client, end);
        if (result.Error == Errno.InProgress)
        {
            Wait(client, EpollFlags.Error);
            result = SyscallResult.Failed(Sockets.TakeError(client));
        }

        Assert.Equal(Errno.ConnectionRefused, result.Error);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public void Each_write_to_a_wake_up_is_one_event_though_nobody_reads_it()
    {
        var epoll = Track(Epoll.Create());
        var wakeUp = Track(Epoll.CreateWakeUp());
        Epoll.Control(epoll, EpollOperation.Add, wakeUp, EpollFlags.In | EpollFlags.EdgeTriggered, 42);
        using var events = new EpollEvents(4);
        Assert.Equal(0, _calls.Wait(epoll, events, 0).Value);
        for (var i = 0; i < 3; i++)
        {
            Assert.True(Epoll.Wake(wakeUp).IsOk);
            Assert.Equal(1, _calls.Wait(epoll, events, 30_000).Value);
            Assert.Equal(42UL, events.Data(0));
            Assert.Equal(0, _calls.Wait(epoll, events, 0).Value);
        }
    }

    private (int Client, int Server) Pair()
    {
        var client = Track(Sockets.Create(AddressFamily.InterNetwork));
        var connect = Sockets.Connect(client, _listener.LocalEndPoint!);
        Assert.True(connect.IsOk || connect.Error == Errno.InProgress);
        Wait(client, EpollFlags.Out);
        Wait((int)_listener.Handle, EpollFlags.In);
        return (client, Track(_calls.Accept((int)_listener.Handle)));
    }

    private void Wait(int descriptor, EpollFlags flags)
    {
        var epoll = Epoll.Create().Value;
        using var events = new EpollEvents(1);
        Assert.True(Epoll.Control(epoll, EpollOperation.Add, descriptor, flags, 1).IsOk);
        Assert.Equal(1, _calls.Wait(epoll, events, 30_000).Value);
        Sockets.Close(epoll);
    }

    private int Track(SyscallResult made)
    {
        Assert.True(made.IsOk, made.Error.ToString());
        _descriptors.Add(made.Value);
        return made.Value;
    }
}
