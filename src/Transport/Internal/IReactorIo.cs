namespace NetCore.Transport.Internal;

/// <summary>The byte stream of a socket that a reactor serves.</summary>
internal interface IReactorIo : IConnectionIo
{
    /// <summary>Set once, before the first operation.</summary>
    IConnectionIoEvents Events { get; set; }
}
