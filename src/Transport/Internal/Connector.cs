using System.Net;
using System.Net.Sockets;
using NetCore.Core;

namespace NetCore.Transport.Internal;

/// <summary>Connects within one deadline, which resolving the name and all its addresses share.</summary>
/// <typeparam name="T">What one attempt makes.</typeparam>
/// <param name="world">Its timers keep the deadline.</param>
/// <param name="attempt">Connects to one end point; it ends soon after its token is cancelled.</param>
/// <param name="drop">Closes what is not wanted any more.</param>
internal sealed class Connector<T>(
    World world, Func<TransportAddress, EndPoint, CancellationToken, Task<T>> attempt, Func<T, ValueTask> drop)
{
    public async ValueTask<T> ConnectAsync(TransportAddress address, TimeSpan timeout, CancellationToken token)
    {
        using var deadline = new Deadline(world, timeout, token);
        try
        {
            var ends = await NameResolver.Of(world).ResolveAsync(address, deadline.Token).ConfigureAwait(false);
            var race = new ConnectRace<T>(world, (end, cancelled) => attempt(address, end, cancelled), drop);
            return await race.RunAsync(ends, timeout, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            var hint = SocketErrors.Hint(TransportError.ConnectTimeout);
            throw new TransportException(
                TransportError.ConnectTimeout,
                $"Connecting to {address} took longer than {timeout} (ConnectTimeout).{hint}",
                exception);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException($"Connecting to {address} was cancelled.", token);
        }
        catch (SocketException exception)
        {
            throw SocketErrors.Exception(address, exception);
        }
    }
}
