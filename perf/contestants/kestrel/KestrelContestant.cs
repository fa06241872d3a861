using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;

namespace NetCore.Bench.Contenders;

/// <summary>A <see cref="ConnectionHandler"/> over Kestrel, all options at their defaults.</summary>
internal sealed class KestrelContestant : EchoContestant
{
    public override string Name => "kestrel";

    public override string Description => "a ConnectionHandler over Kestrel's transport, default options";

    public override bool IsQuick => true;

    public override async Task<IServerHalf> ListenAsync(Uri address, Service service)
    {
        // The empty builder has neither configuration files, logging providers nor middleware.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Addresses.EndPointOf(address), listen =>
        {
            if (service == Service.Sink)
            {
                listen.UseConnectionHandler<KestrelSink>();
            }
            else
            {
                listen.UseConnectionHandler<KestrelEcho>();
            }
        }));
        var app = builder.Build();
        await app.StartAsync();
        return new KestrelServer(app, address);
    }
}
