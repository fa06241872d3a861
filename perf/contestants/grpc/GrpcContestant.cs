using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace NetCore.Bench.Contenders;

/// <summary>Unary calls of grpc-dotnet over HTTP/2 without TLS.</summary>
internal sealed class GrpcContestant : IContestant
{
    public string Name => "grpc";

    public string Description => "grpc-dotnet unary calls over h2c (Kestrel and SocketsHttpHandler), one connection";

    public async Task<IEchoServer> ListenAsync(Uri address)
    {
        // The empty builder has neither configuration files, logging providers nor middleware: only what a call needs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Parse(address.Host), address.Port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<GrpcEchoService>();
        await app.StartAsync();
        return new GrpcServer(app);
    }

    public Task<IEchoClient> ConnectAsync(Uri address)
    {
        // grpc-dotnet's own handler would open further connections; here all callers share one, as with the others.
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = false };
        var channel = GrpcChannel.ForAddress(
            $"http://{address.Authority}", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        return Task.FromResult<IEchoClient>(new GrpcClient(channel));
    }
}
