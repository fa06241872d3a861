namespace NetCore.Transport.Tests;

public sealed class TcpEngine : Engine
{
    public TcpEngine() => Transport = new SocketTransport(World, Sockets);

    public override ITransport Transport { get; }

    public override string Backend => "sockets";

    public override TransportAddress NewAddress() => "tcp://127.0.0.1:0";

    // Port 1 of the loopback: reserved for a service that no machine runs.
    public override TransportAddress DeadAddress() => "tcp://127.0.0.1:1";
}

public sealed class UnixEngine : Engine
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nct").FullName;
    private int _next;

    public UnixEngine() => Transport = new SocketTransport(World);

    public override ITransport Transport { get; }

    public override string Backend => "sockets";

    // A Unix domain socket has no reset: the peer sees the end of the input.
    public override bool AbortIsReset => false;

    public override TransportAddress NewAddress() => TransportAddress.Unix($"{_folder}/{++_next}.sock");

    public override TransportAddress DeadAddress() => TransportAddress.Unix($"{_folder}/dead.sock");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class InMemoryEngine : Engine
{
    private int _next;

    public InMemoryEngine() => Transport = new InMemoryTransport(World);

    public override ITransport Transport { get; }

    public override string Backend => "inmemory";

    public override bool UsesDescriptors => false;

    public override TransportAddress NewAddress() => TransportAddress.InProcess($"test{++_next}");

    public override TransportAddress DeadAddress() => TransportAddress.InProcess("dead");
}

public sealed class SplittingInMemoryEngine : Engine
{
    private int _next;

    public SplittingInMemoryEngine() =>
        Transport = new InMemoryTransport(World, new InMemoryOptions { MaxDeliveryBytes = 700, PipeBytes = 3000 });

    public override ITransport Transport { get; }

    public override string Backend => "inmemory";

    public override bool UsesDescriptors => false;

    public override TransportAddress NewAddress() => TransportAddress.InProcess($"test{++_next}");

    public override TransportAddress DeadAddress() => TransportAddress.InProcess("dead");
}
