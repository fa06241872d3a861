namespace NetCore.Transport.Internal;

/// <summary>Who owns one descriptor of a reactor. Called on the reactor's thread only; must not throw.</summary>
internal interface IReactorHandler
{
    /// <summary>The reactor ends: its descriptor is to be given back soon. May come more than once.</summary>
    void OnReactorEnds();
}
