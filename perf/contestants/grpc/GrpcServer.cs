using Microsoft.AspNetCore.Builder;

namespace NetCore.Bench.Contenders;

/// <summary>The answering side of the grpc contestant.</summary>
internal sealed class GrpcServer(WebApplication app) : IEchoServer
{
    public Uri Address { get; } = new($"tcp://{new Uri(app.Urls.First()).Authority}");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
