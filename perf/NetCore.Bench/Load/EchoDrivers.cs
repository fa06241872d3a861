using NetCore.Bench.Contenders;

namespace NetCore.Bench;

/// <summary>The one load generator of all echo and bulk cells.</summary>
internal static class EchoDrivers
{
    public static ILoadDriver New() => new FloorDriver();
}
