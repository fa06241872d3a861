using System.Net;
using System.Net.Sockets;

namespace NetCore.Transport.Internal;

/// <summary>Connects within one deadline, which resolving the name and all addresses share.</summary>
internal sealed class SocketConnector(SocketHost host)
{
    public async ValueTask<Socket> ConnectAsync(TransportAddress address, TimeSpan timeout, CancellationToken token)
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
            throw SocketErrors.Exception(
                SocketErrors.TranslateConnect(exception.SocketErrorCode), $"Connecting to {address} failed", exception);
        }
    }

    // One address after the other. Each may use an equal share of the time that is left, the last one all of it, so
    // that an address that swallows packets does not take the others' chance.
    private async ValueTask<Socket> TryAllAsync(
        TransportAddress address, IReadOnlyList<EndPoint> ends, TimeSpan timeout, Deadline deadline)
    {
        SocketException? first = null;
        var timers = host.World.Timers;
        var end = timers.Now + (long)timeout.TotalMilliseconds;
        for (var i = 0; i < ends.Count; i++)
        {
            var share = TimeSpan.FromMilliseconds(Math.Max(1, (end - timers.Now) / (ends.Count - i)));
            using var turn = new Deadline(host.World, share, deadline.Token);
            var last = i == ends.Count - 1;
            try
            {
                return await ConnectOneAsync(ends[i], last ? deadline.Token : turn.Token).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                first ??= exception;
            }
            catch (OperationCanceledException) when (!last && !deadline.Token.IsCancellationRequested)
            {
                first ??= new SocketException((int)SocketError.TimedOut);
            }
        }

        throw first ?? new SocketException((int)SocketError.HostNotFound);
    }

    private static async ValueTask<Socket> ConnectOneAsync(EndPoint end, CancellationToken token)
    {
        var type = end.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
        var socket = new Socket(end.AddressFamily, SocketType.Stream, type);
        try
        {
            await socket.ConnectAsync(end, token).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
