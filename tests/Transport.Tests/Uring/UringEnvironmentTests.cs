using NetCore.Core;
using NetCore.Native;
using NetCore.Native.Uring;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>What NETCORE_URING_DISABLE forbids. Alone: the environment is that of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class UringEnvironmentTests : IDisposable
{
    private readonly string? _transport = Environment.GetEnvironmentVariable(EngineChoice.Variable);
    private readonly string? _disabled = Environment.GetEnvironmentVariable(UringSwitches.Variable);

    public UringEnvironmentTests() => Environment.SetEnvironmentVariable(EngineChoice.Variable, null);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(EngineChoice.Variable, _transport);
        Environment.SetEnvironmentVariable(UringSwitches.Variable, _disabled);
    }

    [Fact]
    public void A_kernel_with_a_defect_serves_who_forbids_the_feature_and_nobody_else()
    {
        using var world = new World(new WorldOptions());
        world.GetOrAdd(static _ => new EngineProbes(static disabled => new ProbeAnswer(
            (disabled & RingFeatures.AcceptMultishot) != 0 ? null : "an accept gives another descriptor")));
        var options = new TransportOptions { Engine = TransportEngine.Uring, Reactors = 1 };
        foreach (var word in new[] { null, "buffers" })
        {
            Environment.SetEnvironmentVariable(UringSwitches.Variable, word);
            Assert.Throws<TransportException>(() => Transports.Create(world, options));
            Assert.Throws<TransportException>(
                () => new UringTransport(world, new UringTransportOptions { Reactors = 1 }));
        }

        Environment.SetEnvironmentVariable(UringSwitches.Variable, "multishot-accept");
        Assert.Equal("uring", Transports.Create(world, options).Backend);
        using var transport = new UringTransport(world, new UringTransportOptions { Reactors = 1 });
        Assert.EndsWith("; without multishot-accept (NETCORE_URING_DISABLE)", transport.BackendReason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_reactor_of_the_application_is_made_without_what_is_forbidden()
    {
        Assert.Throws<TransportException>(Make);
        Environment.SetEnvironmentVariable(UringSwitches.Variable, "buffers");
        using var reactor = Make();
        Assert.EndsWith("; without buffers (NETCORE_URING_DISABLE)", reactor.Transport.BackendReason,
            StringComparison.Ordinal);

        static AppReactor Make() => new(
            new AppReactorOptions { Engine = TransportEngine.Uring },
            new WorldOptions(),
            new SystemCalls(),
            new LyingRing(static completion => completion, Errno.NoMemory));
    }

    [Fact]
    public void A_word_that_means_nothing_is_no_matter_of_who_wants_no_ring()
    {
        Environment.SetEnvironmentVariable(UringSwitches.Variable, "speed");
        using var world = new World(new WorldOptions());
        Assert.Equal("sockets", Transports.Create(
            world, new TransportOptions { Engine = TransportEngine.Sockets }).Backend);
        Assert.NotEqual("uring", Transports.Create(world, new TransportOptions { Reactors = 1 }).Backend);
        var error = Assert.Throws<TransportException>(
            () => Transports.Create(world, new TransportOptions { Engine = TransportEngine.Uring }));
        Assert.StartsWith("NETCORE_URING_DISABLE has the word 'speed'", error.Message, StringComparison.Ordinal);
    }
}
