using NetCore.Bench.Contenders;

namespace NetCore.Bench.Doctor;

/// <summary>What of epoll works here.</summary>
internal static unsafe class EpollProbe
{
    private const uint EdgeTriggered = 1u << 31;

    public static EngineReport Run()
    {
        try
        {
            using var epoll = new Epoll();
            return new EngineReport("epoll", true, "events arrive", [Edges(epoll), FineWait(), BusyPoll()]);
        }
        catch (BenchException e)
        {
            return new EngineReport("epoll", false, e.Message, []);
        }
    }

    // Each write to an eventfd makes a new edge, so a reactor need never read it.
    private static Feature Edges(Epoll epoll)
    {
        const string name = "EPOLLET without reading";
        var fd = Libc.EventFd(0, Libc.NonBlocking | Libc.CloseOnExec);
        epoll.Watch(fd, Epoll.Input | EdgeTriggered);
        var edges = 0;
        for (var i = 0; i < 3; i++)
        {
            long one = 1;
            _ = Libc.Write(fd, &one, sizeof(long));
            edges += epoll.Wait(0);
        }

        var quiet = epoll.Wait(0) == 0;
        _ = Libc.Close(fd);
        return edges == 3 && quiet ? Feature.Yes(name) : Feature.No(name, $"3 writes made {edges} events");
    }

    private static Feature FineWait()
    {
        const string name = "epoll_pwait2 (waits of microseconds)";
        using var epoll = new Epoll();
        epoll.WaitFor(1000);
        return epoll.HasFineWait ? Feature.Yes(name) : Feature.No(name, "this kernel lacks it, 5.11 brought it");
    }

    private static Feature BusyPoll()
    {
        const string name = "busy poll of network cards (EPIOCGPARAMS)";
        const uint getParameters = 0x80088A02;
        var fd = Libc.EpollCreate(Libc.CloseOnExec);
        long parameters;
        var result = Kernel.Control(fd, unchecked((nint)getParameters), &parameters);
        _ = Libc.Close(fd);
        return result >= 0 ? Feature.Yes(name) : Feature.No(name, "this kernel lacks it, 6.9 brought it");
    }
}
