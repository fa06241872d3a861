using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Native;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The self-test of the ring passes, and the locked memory does not suffice for all reactors.</summary>
public sealed class UringShortageTests : IDisposable
{
    private const string Missing = "ring 3 of 3 cannot be made: the limit of locked memory (ulimit -l) is used up";

    private readonly LogCapture _log = new();
    private readonly ScarceRings _rings = new(2);
    private readonly World _world;

    public UringShortageTests()
    {
        _world = new World(new WorldOptions { LoggerFactory = _log });
        _world.GetOrAdd(_ => new EngineProbes(rings: _rings));
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void An_advised_ring_gives_way_to_the_default_and_the_reason_tells()
    {
        var options = new TransportOptions { Reactors = 3 };
        var transport = Get("", options);
        Assert.Equal("epoll", transport.Backend);
        Assert.Equal(
            "epoll has passed its self-test; uring, advised by NETCORE_TRANSPORT_PROFILE=p, measured then, "
                + $"cannot run here: {Missing}",
            transport.BackendReason);
        _rings.Give(3);
        Assert.Same(transport, Get("", options));
        var line = Assert.Single(
            _log.Lines, static line => line.Text.Contains(Missing, StringComparison.Ordinal));
        Assert.Equal(LogLevel.Warning, line.Level);
    }

    [Theory]
    [InlineData("", TransportEngine.Uring, "the options ask for it")]
    [InlineData("uring", TransportEngine.Auto, "NETCORE_TRANSPORT=uring")]
    public void A_ring_that_was_asked_for_is_an_error_that_says_how_it_was_and_what_to_do(
        string variable, TransportEngine engine, string by)
    {
        var error = Assert.Throws<TransportException>(
            () => Get(variable, new TransportOptions { Engine = engine, Reactors = 3 }));
        Assert.Equal(TransportError.OutOfResources, error.Error);
        Assert.Equal(
            $"The io_uring engine ({by}) cannot run here: {Missing}. Raise that limit, take fewer Reactors, or ask for "
                + "one of: auto, sockets, epoll.",
            error.Message);
    }

    [Fact]
    public void Who_makes_the_transport_by_its_name_is_told_the_same()
    {
        var error = Assert.Throws<TransportException>(
            () => new UringTransport(_world, new UringTransportOptions { Reactors = 3 }));
        Assert.Equal(TransportError.OutOfResources, error.Error);
        Assert.Equal(
            $"The io_uring engine cannot run here: {Missing}. Raise that limit, take fewer Reactors, or make an "
                + "EpollTransport or SocketTransport, or leave the choice to Transports.Create.",
            error.Message);
    }

    [Fact]
    public void Fewer_reactors_than_one_are_no_advice()
    {
        _rings.Give(-2);
        var options = new TransportOptions { Engine = TransportEngine.Uring, Reactors = 1 };
        Assert.Equal(
            "The io_uring engine (the options ask for it) cannot run here: ring 1 of 1 cannot be made: the limit of "
                + "locked memory (ulimit -l) is used up. Raise that limit, or ask for one of: auto, sockets, epoll.",
            Assert.Throws<TransportException>(() => Get("", options)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_reactor_of_the_application_is_told_which_engine_it_may_have(int rings)
    {
        var error = Assert.Throws<TransportException>(() => new AppReactor(
            new AppReactorOptions { Engine = TransportEngine.Uring },
            new WorldOptions(),
            new SystemCalls(),
            new ScarceRings(rings)));
        Assert.Equal(TransportError.OutOfResources, error.Error);
        Assert.Equal(
            "The io_uring engine cannot run here: the limit of locked memory (ulimit -l) is used up. Raise that limit, "
                + "or ask for one of: auto, epoll (AppReactorOptions.Engine).",
            error.Message);
    }

    // As Transports.Create does, in an environment of its own.
    private ITransport Get(string variable, TransportOptions options) => WorldTransports.Of(_world).Get(
        options,
        EngineChoice.Make(
            options.Engine,
            variable,
            static () => new TransportProfile("p", TransportEngine.Uring, "then"),
            EngineProbes.Of(_world).Ask));
}
