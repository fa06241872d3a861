using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NetCore.Bench.Contenders;

/// <summary>Unary calls of grpc-dotnet over HTTP/2 without TLS.</summary>
internal class GrpcContestant : RpcContestant, IClientHalf
{
    public override string Name => "grpc";

    public override string Description => "grpc-dotnet, unary calls over h2c (Kestrel and SocketsHttpHandler)";

    public override bool IsQuick => true;

    public override string? NoStreams => null;

    public override string? NoItems => null;

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        // The empty builder has neither configuration files, logging providers nor middleware: only what a call needs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            Addresses.EndPointOf(address), listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<GrpcEchoService>();
        await app.StartAsync();
        return new KestrelServer(app, address);
    }

    public override IClientHalf NewClientHalf() => this;

    public virtual Task<IRpcClient> ConnectAsync(Uri address) =>
        Task.FromResult<IRpcClient>(new GrpcClient(NewChannel(address)));

    protected static GrpcChannel NewChannel(Uri address)
    {
        // grpc-dotnet's own handler would open further connections; here all callers share one, as with the others.
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        if (address.IsUnix)
        {
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var endPoint = Addresses.EndPointOf(address);
                var socket = Addresses.NewSocket(endPoint);
                await socket.ConnectAsync(endPoint, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            };
        }

        var authority = address.IsUnix ? "localhost" : address.Authority;
        return GrpcChannel.ForAddress(
            $"http://{authority}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
