using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>Rings that get no buffers: for want of locked memory, or since the kernel refuses.</summary>
public sealed class UringNoBufferTests : IDisposable
{
    private const string NoRoom = "without buffers: the limit of locked memory (ulimit -l) leaves no room for them";

    private readonly LogCapture _log = new();
    private readonly World _world;

    public UringNoBufferTests() => _world = new World(new WorldOptions { LoggerFactory = _log });

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Half_a_ring_with_buffers_is_no_loss_to_tell()
    {
        using var transport = Make(new BufferlessRing((_, entries) => entries > 256 ? Errno.NoMemory : Errno.None));
        var ring = Assert.Single(transport.Reactors).Events<UringSet>();
        Assert.True(ring.HasBuffers);
        Assert.Equal(UringMultishot.Tcp, ring.Settings.Multishot);
        Assert.Equal(ITransport.MadeByCode, transport.BackendReason);
        Assert.Empty(_log.Lines);
    }

    [Theory]
    [InlineData((int)Errno.NoMemory, NoRoom)]
    [InlineData((int)Errno.Invalid, "without buffers: the kernel refuses them (Invalid argument)")]
    [InlineData((int)Errno.NotPermitted, "without buffers: the kernel refuses them (Operation not permitted)")]
    [InlineData((int)Errno.NotImplemented, "without buffers: the kernel has none")]
    public void The_reason_and_the_log_say_why_there_are_none(int error, string remark)
    {
        using var transport = Make(new BufferlessRing((_, _) => (Errno)error));
        Assert.False(Assert.Single(transport.Reactors).Events<UringSet>().HasBuffers);
        Assert.Equal($"{ITransport.MadeByCode}; {remark}", transport.BackendReason);
        var line = Assert.Single(_log.Lines);
        Assert.Equal((15, LogLevel.Warning), (line.Id, line.Level));
        Assert.Equal(
            "1 of 1 rings of io_uring have no buffers, so that each receive is a system call: "
                + $"{remark["without buffers: ".Length..]}.",
            line.Text);
    }

    [Fact]
    public void Who_forbids_them_is_told_that_and_no_more()
    {
        var forbidden = UringSwitches.Apply(new UringSettings(), "buffers");
        using var transport = Make(new BufferlessRing(static (_, _) => Errno.NoMemory), forbidden);
        Assert.Equal(
            $"{ITransport.MadeByCode}; without buffers (NETCORE_URING_DISABLE)", transport.BackendReason);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void The_reason_says_how_many_of_the_rings_have_none()
    {
        _world.GetOrAdd(static _ => new EngineProbes(
            rings: new BufferlessRing(static (ring, _) => ring > 1 ? Errno.NoMemory : Errno.None)));
        using var transport = new UringTransport(_world, new UringTransportOptions { Reactors = 3 });
        Assert.Equal($"{ITransport.MadeByCode}; {NoRoom} (2 of 3 rings)", transport.BackendReason);
        Assert.True(_log.Contains(LogLevel.Warning, "2 of 3 rings of io_uring have no buffers"), _log.ToString());
    }

    [Fact]
    public void A_reactor_of_the_application_tells_it_too()
    {
        // The ring of the self-test has a few entries.
        using var reactor = new AppReactor(
            new AppReactorOptions { Engine = TransportEngine.Uring },
            new WorldOptions { LoggerFactory = _log },
            new SystemCalls(),
            new BufferlessRing(static (_, entries) => entries > 8 ? Errno.NoMemory : Errno.None));
        Assert.Equal($"{ITransport.MadeByCode}; {NoRoom}", reactor.Transport.BackendReason);
        Assert.EndsWith($"; {NoRoom}", Transports.Create(reactor.World).BackendReason, StringComparison.Ordinal);
        Assert.True(_log.Contains(LogLevel.Warning, "1 of 1 rings of io_uring have no buffers"), _log.ToString());
    }

    private UringTransport Make(IUringCalls kernel, UringSettings? settings = null) => new(
        _world,
        new UringTransportOptions { Reactors = 1 },
        new SystemCalls(),
        kernel,
        settings ?? new UringSettings { Multishot = UringMultishot.Tcp });
}
