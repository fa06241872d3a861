using Microsoft.Extensions.Logging;
using Microsoft.Extensions.ObjectPool;
using NetCore.Core;

namespace NetCore.Session.Internal;

/// <summary>What the sessions of one world share, so that each has one reference to it.</summary>
internal sealed class SessionWorld
{
    private SessionWorld(World world)
    {
        World = world;
        Logger = world.LoggerFactory.CreateLogger("NetCore.Session");
    }

    public World World { get; }

    public ILogger Logger { get; }

    /// <summary>Room for the frames of a gate entry, for those that are just in one.</summary>
    public ObjectPool<FrameScratch> Scratch { get; } =
        new DefaultObjectPool<FrameScratch>(
            new DefaultPooledObjectPolicy<FrameScratch>(), SessionLimits.RetainedScratches);

    public static SessionWorld Of(World world) => world.GetOrAdd(static w => new SessionWorld(w));
}
