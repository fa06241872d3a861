using Microsoft.AspNetCore.Builder;

namespace NetCore.Bench.Contenders;

/// <summary>An application over Kestrel that listens at one address.</summary>
internal sealed class KestrelServer(WebApplication app, Uri asked) : IServerHalf
{
    public Uri Address { get; } = asked.IsUnix ? asked : new Uri($"tcp://{new Uri(app.Urls.First()).Authority}");

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
