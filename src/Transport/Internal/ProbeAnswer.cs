using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>How a self-test of an engine went.</summary>
/// <param name="Failure">What is missing; null when all is well.</param>
/// <param name="IsShortage">
/// It has failed for want of descriptors or memory, which says nothing about the kernel: the next one may pass.
/// </param>
internal sealed record ProbeAnswer(string? Failure, bool IsShortage = false)
{
    /// <summary>Why no request of a ring receives again and again here; null when one does.</summary>
    public string? NoMultishot { get; init; }

    /// <summary>The failure as an error; null when there is none.</summary>
    public TransportException? Error => Failure is null ? null : new(
        IsShortage ? TransportError.OutOfResources : TransportError.EngineNotAvailable, Failure);

    /// <summary>The answer of a test; its exceptions are calls that fail, or a libc without them.</summary>
    public static ProbeAnswer Of(Func<string?> test)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new ProbeAnswer("this is not Linux");
        }

        try
        {
            return new ProbeAnswer(test());
        }
        catch (Exception exception) when (exception is TransportException or SocketException or TypeLoadException)
        {
            var error = exception switch
            {
                TransportException failed => failed.Error,
                SocketException failed => SocketErrors.Translate(failed.SocketErrorCode),
                _ => TransportError.SystemError,
            };
            return new ProbeAnswer(exception.Message.TrimEnd('.'), error == TransportError.OutOfResources);
        }
    }

    /// <summary>Itself; it throws when the engine cannot run here.</summary>
    /// <exception cref="TransportException">
    /// <see cref="TransportError.EngineNotAvailable"/>; or <see cref="TransportError.OutOfResources"/>.
    /// </exception>
    public ProbeAnswer Checked() => Error is null ? this : throw Error;
}
