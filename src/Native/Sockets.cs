using System.Net;
using System.Net.Sockets;
using NetCore.Native.Internal;

namespace NetCore.Native;

/// <summary>The calls of a socket's life that are not on the way of a message.</summary>
internal static unsafe class Sockets
{
    internal const int NonBlocking = 0x800;
    internal const int CloseOnExec = 0x80000;

    private const int Stream = 1;
    private const int LevelSocket = 1;
    private const int OptionError = 4;
    private const int OptionLinger = 13;
    private const int ShutdownWrite = 1;

    // struct sockaddr_storage.
    private const int MaxAddressBytes = 128;

    // AF_UNIX, AF_INET and AF_INET6 of Linux; .NET has its own numbers for the last.
    private const int FamilyUnix = 1;
    private const int FamilyInternet = 2;
    private const int FamilyInternet6 = 10;

    /// <summary>A stream socket, non-blocking and closed on exec.</summary>
    public static SyscallResult Create(AddressFamily family) => Result.Of(
        LibC.Socket(
            family switch
            {
                AddressFamily.Unix => FamilyUnix,
                AddressFamily.InterNetwork => FamilyInternet,
                _ => FamilyInternet6,
            },
            Stream | NonBlocking | CloseOnExec,
            0));

    /// <summary>Two Unix domain sockets that are connected to each other.</summary>
    public static SyscallResult CreatePair(out int first, out int second)
    {
        var both = stackalloc int[2];
        var result = Result.Of(
            LibC.SocketPair(FamilyUnix, Stream | NonBlocking | CloseOnExec, 0, both));
        (first, second) = (both[0], both[1]);
        return result;
    }

    /// <summary>Begins to connect; <see cref="Errno.InProgress"/> when an event will tell.</summary>
    public static SyscallResult Connect(int descriptor, EndPoint end)
    {
        // .NET keeps an address in the form of the system.
        var address = end.Serialize();
        fixed (byte* buffer = address.Buffer.Span)
        {
            return Result.Of(LibC.Connect(descriptor, buffer, (uint)address.Size));
        }
    }

    /// <summary>The error that a connect or the network has left; reading it takes it away.</summary>
    public static Errno TakeError(int descriptor)
    {
        var error = 0;
        uint length = sizeof(int);
        var result = Result.Of(LibC.GetSockOpt(descriptor, LevelSocket, OptionError, &error, &length));
        return result.IsOk ? (Errno)error : result.Error;
    }

    public static SyscallResult SetOption(int descriptor, int level, int name, int value) =>
        Result.Of(LibC.SetSockOpt(descriptor, level, name, &value, sizeof(int)));

    /// <summary>Makes the close that follows drop unsent bytes and reset the peer.</summary>
    public static SyscallResult ResetOnClose(int descriptor)
    {
        // struct linger: on, for 0 seconds.
        var linger = stackalloc int[] { 1, 0 };
        return Result.Of(LibC.SetSockOpt(descriptor, LevelSocket, OptionLinger, linger, 2 * sizeof(int)));
    }

    /// <summary>Ends the output in order.</summary>
    public static SyscallResult EndOutput(int descriptor) => Result.Of(LibC.Shutdown(descriptor, ShutdownWrite));

    public static SyscallResult Close(int descriptor) => Result.Of(LibC.Close(descriptor));

    /// <summary>This end; null for a Unix domain socket.</summary>
    public static IPEndPoint? LocalEnd(int descriptor)
    {
        var buffer = stackalloc byte[MaxAddressBytes];
        uint length = MaxAddressBytes;
        return LibC.GetSockName(descriptor, buffer, &length) < 0 ? null : Read(buffer, (int)length);
    }

    /// <summary>The other end; null for a Unix domain socket, or when the peer has gone.</summary>
    public static IPEndPoint? RemoteEnd(int descriptor)
    {
        var buffer = stackalloc byte[MaxAddressBytes];
        uint length = MaxAddressBytes;
        return LibC.GetPeerName(descriptor, buffer, &length) < 0 ? null : Read(buffer, (int)length);
    }

    private static IPEndPoint? Read(byte* buffer, int length)
    {
        var family = *(ushort*)buffer switch
        {
            FamilyInternet => AddressFamily.InterNetwork,
            FamilyInternet6 => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unknown,
        };
        if (family == AddressFamily.Unknown)
        {
            return null;
        }

        var address = new SocketAddress(family, length);
        new ReadOnlySpan<byte>(buffer, length).CopyTo(address.Buffer.Span);
        var none = new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        return (IPEndPoint)none.Create(address);
    }
}
