using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Connects within one deadline, which resolving the name and all addresses share.</summary>
internal sealed class EpollConnector(EpollHost host)
{
    public async ValueTask<Connection> ConnectAsync(TransportAddress address, TimeSpan timeout, CancellationToken token)
    {
        using var deadline = new Deadline(host.World, timeout, token);
        try
        {
            var ends = await SocketResolver.ResolveAsync(address, deadline.Token).ConfigureAwait(false);
            return await TryAllAsync(address, ends, timeout, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!token.IsCancellationRequested)
        {
            throw new TransportException(
                TransportError.ConnectTimeout, $"Connecting to {address} took longer than {timeout}.", exception);
        }
        catch (OperationCanceledException)
        {
            throw new OperationCanceledException($"Connecting to {address} was cancelled.", token);
        }
        catch (SocketException exception)
        {
            // Of the resolver.
            throw SocketErrors.Exception(
                SocketErrors.TranslateConnect(exception.SocketErrorCode), $"Connecting to {address} failed", exception);
        }
    }

    // One address after the other. Each may use an equal share of the time that is left, the last one all of it, so
    // that an address that swallows packets does not take the others' chance.
    private async ValueTask<Connection> TryAllAsync(
        TransportAddress address, IReadOnlyList<EndPoint> ends, TimeSpan timeout, Deadline deadline)
    {
        TransportException? first = null;
        var timers = host.World.Timers;
        var end = timers.Now + (long)timeout.TotalMilliseconds;
        for (var i = 0; i < ends.Count; i++)
        {
            var share = TimeSpan.FromMilliseconds(Math.Max(1, (end - timers.Now) / (ends.Count - i)));
            using var turn = new Deadline(host.World, share, deadline.Token);
            var last = i == ends.Count - 1;
            try
            {
                return await ConnectOneAsync(address, ends[i], last ? deadline.Token : turn.Token)
                    .ConfigureAwait(false);
            }
            catch (TransportException exception)
            {
                first ??= exception;
            }
            catch (OperationCanceledException) when (!last && !deadline.Token.IsCancellationRequested)
            {
                first ??= new TransportException(TransportError.ConnectTimeout, $"{ends[i]} did not answer.");
            }
        }

        throw first ?? new TransportException(TransportError.HostNotFound, $"{address} has no address.");
    }

    private async ValueTask<Connection> ConnectOneAsync(
        TransportAddress address, EndPoint end, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var attempt = new EpollConnect(host, address, end);
        await using var registration = token.UnsafeRegister(
            static state => ((EpollConnect)state!).Cancel(), attempt).ConfigureAwait(false);
        attempt.Start();
        return await attempt.Task.ConfigureAwait(false)
            ?? throw new OperationCanceledException("The attempt was cancelled.", token);
    }
}
