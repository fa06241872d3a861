using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace NetCore.Transport.Internal;

/// <summary>What lies at the path where a Unix socket is to be bound.</summary>
internal static partial class UnixSocketFile
{
    // statx(2), Linux: the structure is the same on every architecture; stx_mode stands at byte 28.
    private const int AtCurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint MaskType = 1;
    private const int StatBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int TypeSocket = 0xC000;

    /// <summary>
    /// Removes a socket file behind which nobody accepts. A listener or another kind of file is left alone.
    /// </summary>
    /// <exception cref="TransportException">
    /// The path is taken (<see cref="TransportError.AddressInUse"/>).
    /// </exception>
    public static async ValueTask RemoveStaleAsync(ISocketHost host, TransportAddress address, CancellationToken token)
    {
        var path = address.Path;
        if (!Exists(path))
        {
            return;
        }

        if (!IsSocket(path))
        {
            throw new TransportException(
                TransportError.AddressInUse,
                $"{path} is a file and no socket (AddressInUse); it is not removed. Choose another path.");
        }

        if (await IsAliveAsync(host, address, token).ConfigureAwait(false))
        {
            throw new TransportException(
                TransportError.AddressInUse, $"Another listener is alive at {address} (AddressInUse).");
        }

        File.Delete(path);
        host.Log.StaleFileRemoved(path);
    }

    private static bool Exists(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static async ValueTask<bool> IsAliveAsync(
        ISocketHost host, TransportAddress address, CancellationToken token)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using var deadline = new Deadline(host.World, TimeSpan.FromSeconds(1), token);
        try
        {
            await probe.ConnectAsync(SocketAddresses.Unix(address), deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException exception)
        {
            // Refused: the socket's owner is gone. Anything else, like a full backlog or no permission, is a live
            // one.
            return exception.SocketErrorCode != SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return true;
        }
    }

    private static unsafe bool IsSocket(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Without a way to tell, nothing is deleted.
            return false;
        }

        var stat = stackalloc byte[StatBytes];
        return Statx(AtCurrentDirectory, path, NoFollow, MaskType, stat) == 0
            && (*(ushort*)(stat + ModeOffset) & TypeMask) == TypeSocket;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* stat);
}
