using System.Net;
using System.Net.Sockets;
using NetCore.Testing.Shared;

namespace NetCore.Transport.Tests;

/// <summary>One engine for each test, which must be what it says and gets everything back.</summary>
/// <remarks>Alone: the descriptors and threads of the process must be as many after each test as before.</remarks>
[Collection(nameof(Alone))]
public abstract class ConformanceBase<TEngine> : IAsyncLifetime
    where TEngine : Engine, new()
{
    // Before the engine is made.
    private readonly ProcessBaseline _baseline = ConformanceBaseline.Take();

    protected Engine Engine { get; } = new TEngine();

    public ValueTask InitializeAsync()
    {
        Assert.Equal(Engine.Backend, Engine.Transport.Backend);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Pair.Until(() => Engine.Leftovers() is null, $"all is given back: {Engine.Leftovers()}");
        await Engine.DisposeAsync();
        await Pair.Until(() => _baseline.Left() is null, $"the process has back: {_baseline.Left()}");
        GC.SuppressFinalize(this);
    }
}

/// <summary>Counts when the runtime has opened what it opens once for all sockets.</summary>
internal static class ConformanceBaseline
{
    private static readonly Lazy<bool> Opened = new(static () =>
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var accept = listener.AcceptAsync();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        accept.GetAwaiter().GetResult().Dispose();
        return true;
    });

    public static ProcessBaseline Take()
    {
        _ = Opened.Value;
        return ProcessBaseline.Take();
    }
}
