using NetCore.Core;
using NetCore.Transport;

namespace NetCore.Bench.Contenders;

/// <summary>Makes the transport of an engine; it lives as long as the process.</summary>
internal static class Engines
{
    public static string? Missing(Engine engine) =>
        engine == Engine.Epoll && !OperatingSystem.IsLinux() ? "epoll is a part of Linux" : null;

    /// <summary>A name for the command line: that of the default engine is the bare one.</summary>
    public static string Name(string contestant, Engine engine) =>
        engine == Engine.Sockets ? contestant : $"{contestant}-epoll";

    public static ITransport Create(Engine engine) => engine == Engine.Sockets
        ? Transports.Create(World.Default) : new EpollTransport(World.Default);
}
