using System.Net;
using System.Net.Sockets;
using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;

namespace NetCore.Transport.Internal;

/// <summary>What the parts of an io_uring transport share.</summary>
internal sealed class UringHost : ReactorHost
{
    private const string AppInstead = "ask for one of: auto, epoll (AppReactorOptions.Engine)";

    // The thread of an application may end, and another then takes the reactor over to dispose of it: so its ring must
    // not belong to one thread.
    private static readonly UringSettings AppSettings = new()
    {
        Ring = new UringSettings().Ring with { Only = RingRung.Cooperative },
        Multishot = UringMultishot.Tcp,
    };

    public UringHost(World world, SocketTransportOptions options, ReactorGroup reactors)
        : base(world, options, reactors)
    {
        var all = Array.ConvertAll([.. reactors.All], static reactor => reactor.Events<UringSet>().Settings);
        var without = Array.FindAll(all, static ring => ring.NoBuffers is not null);
        if (without.Length == 0)
        {
            Remark = all[0].Remark;
            return;
        }

        Remark = without.Length == all.Length
            ? without[0].Remark : $"{without[0].Remark} ({without.Length} of {all.Length} rings)";
        Log.NoBuffers(without.Length, all.Length, without[0].NoBuffers!);
    }

    /// <summary>A reactor for a thread of the application; its world is to be, so the self-test is made here.</summary>
    /// <exception cref="TransportException">There is no ring here, or no more of something.</exception>
    public static Reactor CreateAppReactor(IUringCalls ring, TimeProvider time, WaitPolicy wait)
    {
        // What is wrong there is no matter of the engine.
        var settings = UringSwitches.Apply(AppSettings);
        return EngineRefusal.Guard("io_uring", null, AppInstead, hasMore: false, () =>
        {
            var known = settings.After(UringProbe.Run(ring, settings.Ring.Disabled).Checked());
            return new Reactor(new SystemCalls(), time, wait, (wakeUp, _) => new UringSet(ring, known, wakeUp));
        });
    }

    /// <inheritdoc cref="ReactorHost.CheckPlatform(string)"/>
    public static void CheckPlatform() => CheckPlatform("io_uring");

    public override string Backend => "uring";

    public override string? Remark { get; }

    public override ReactorListener CreateListener(
        Socket socket, TransportAddress address, Action<Connection> onAccepted) =>
        new UringListener(this, socket, address, onAccepted);

    public override ReactorConnect CreateConnect(TransportAddress address, EndPoint end) =>
        new UringConnect(this, address, end);

    protected override string Prefix => "ur";

    protected override IReactorIo CreateIo(Reactor reactor, int descriptor, bool isUnix) =>
        new UringIo(World.Timers, reactor, descriptor, isUnix);
}
