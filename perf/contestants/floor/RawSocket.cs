using System.Buffers.Binary;

namespace NetCore.Bench.Contenders;

/// <summary>Sockets of the kernel.</summary>
internal static unsafe class RawSocket
{
    private const int Backlog = 4096;
    private const int InetBytes = 16;
    private const int LevelSocket = 1;
    private const int LevelIp = 0;
    private const int LevelTcp = 6;
    private const int ReuseAddress = 2;
    private const int ReceiveTimeout = 20;
    private const int SendTimeout = 21;
    private const int NoDelay = 1;
    private const int BindWithoutPort = 24;

    /// <summary>A non-blocking listener.</summary>
    /// <param name="address">Where; the port may be 0.</param>
    /// <param name="actual">Where it really listens.</param>
    public static int Listen(RawAddress address, out Uri actual)
    {
        if (address.IsUnix)
        {
            // What an earlier server has left behind; a live one would be replaced, as with every such server.
            File.Delete(address.Uri.LocalPath);
        }

        var fd = New(address, Libc.NonBlocking);
        if (!address.IsUnix)
        {
            Set(fd, LevelSocket, ReuseAddress, 1);
        }

        if (Bind(fd, address) != 0 || Libc.Listen(fd, Backlog) != 0)
        {
            throw CloseAfter(fd, $"cannot listen at {address.Uri.Text}");
        }

        actual = address.IsUnix ? address.Uri : new Uri($"tcp://{address.Uri.Host}:{PortOf(fd)}");
        return fd;
    }

    /// <summary>A connected blocking socket whose calls give up after <paramref name="patience"/>.</summary>
    /// <param name="address">To where.</param>
    /// <param name="patience">A call that lasts longer fails as one that would block.</param>
    /// <param name="source">The address that it comes from, with any port; null leaves that open.</param>
    public static int Connect(RawAddress address, TimeSpan patience, RawAddress? source = null)
    {
        var fd = New(address, 0);
        if (source is not null && !address.IsUnix)
        {
            Set(fd, LevelIp, BindWithoutPort, 1);
            if (Bind(fd, source) != 0)
            {
                throw CloseAfter(fd, "cannot bind the source address");
            }
        }

        var time = stackalloc long[2] { (long)patience.TotalSeconds, 0 };
        _ = Libc.SetOption(fd, LevelSocket, ReceiveTimeout, (int*)time, 2 * sizeof(long));
        _ = Libc.SetOption(fd, LevelSocket, SendTimeout, (int*)time, 2 * sizeof(long));
        fixed (byte* bytes = address.Bytes)
        {
            if (Libc.Connect(fd, bytes, address.Bytes.Length) != 0)
            {
                var hint = Libc.Errno is Libc.Refused or Libc.NoEntry
                    ? ". Is the server running? (bench serve echo --listen URI, for example)" : "";
                throw CloseAfter(fd, $"cannot connect to {address.Uri.Text}", hint);
            }
        }

        Prepare(fd, address);
        return fd;
    }

    /// <summary>An accepted non-blocking socket, or -1 when there is none.</summary>
    public static int Accept(int listener, RawAddress address)
    {
        var fd = Libc.Accept(listener, null, null, Libc.NonBlocking | Libc.CloseOnExec);
        if (fd >= 0)
        {
            Prepare(fd, address);
        }

        return fd;
    }

    /// <summary>Makes a connected socket send at once.</summary>
    public static void Prepare(int fd, RawAddress address)
    {
        if (!address.IsUnix)
        {
            Set(fd, LevelTcp, NoDelay, 1);
        }
    }

    private static int New(RawAddress address, int flags)
    {
        var fd = Libc.Socket(address.Bytes[0], Libc.Stream | Libc.CloseOnExec | flags, 0);
        return fd >= 0 ? fd : throw Libc.Failed("no socket");
    }

    private static void Set(int fd, int level, int option, int value) =>
        _ = Libc.SetOption(fd, level, option, &value, sizeof(int));

    private static int Bind(int fd, RawAddress address)
    {
        fixed (byte* bytes = address.Bytes)
        {
            return Libc.Bind(fd, bytes, address.Bytes.Length);
        }
    }

    private static int PortOf(int fd)
    {
        var name = stackalloc byte[InetBytes];
        var length = InetBytes;
        return Libc.GetName(fd, name, &length) == 0
            ? BinaryPrimitives.ReadUInt16BigEndian(new Span<byte>(name + 2, 2))
            : throw Libc.Failed("getsockname");
    }

    private static BenchException CloseAfter(int fd, string what, string hint = "")
    {
        var failure = Libc.Failed(what, hint);
        _ = Libc.Close(fd);
        return failure;
    }
}
