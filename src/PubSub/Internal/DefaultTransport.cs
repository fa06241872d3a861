using NetCore.Core;
using NetCore.Transport;

namespace NetCore.PubSub.Internal;

/// <summary>The transports of a world for those who name none.</summary>
internal sealed class DefaultTransport(World world)
{
    public ITransport Transport { get; } = Transports.Create(world);
}
