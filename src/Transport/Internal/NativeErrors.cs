using System.ComponentModel;
using NetCore.Native;

namespace NetCore.Transport.Internal;

/// <summary>What an error number of the kernel means here: the one place of translation.</summary>
internal static class NativeErrors
{
    public static TransportError Translate(Errno error) => error switch
    {
        // The peer sent a reset, or closed while we sent and the reset was taken by an earlier call.
        Errno.ConnectionReset or Errno.Pipe or Errno.ConnectionAborted or Errno.NetworkReset => TransportError.Reset,
        Errno.NotConnected or Errno.Shutdown => TransportError.Reset,

        // User timeout or keep-alive of an established connection.
        Errno.TimedOut => TransportError.PeerTimeout,
        Errno.ConnectionRefused => TransportError.Refused,
        Errno.HostUnreachable or Errno.NetworkUnreachable => TransportError.Unreachable,
        Errno.HostDown or Errno.NetworkDown => TransportError.Unreachable,
        Errno.AddressInUse => TransportError.AddressInUse,
        Errno.AddressNotAvailable => TransportError.AddressNotAvailable,
        Errno.AccessDenied or Errno.NotPermitted => TransportError.NotPermitted,
        Errno.FamilyNotSupported or Errno.ProtocolNotSupported => TransportError.AddressNotSupported,
        Errno.TooManyFiles or Errno.FileTableFull or Errno.NoBuffers or Errno.NoMemory => TransportError.OutOfResources,
        _ => TransportError.SystemError,
    };

    /// <summary>The same while connecting, where some errors mean something else.</summary>
    public static TransportError TranslateConnect(Errno error) => error switch
    {
        Errno.TimedOut => TransportError.ConnectTimeout,

        // A Unix path that does not exist; one whose backlog is full.
        Errno.NoEntry or Errno.Again => TransportError.Refused,
        _ => Translate(error),
    };

    public static IoResult Failed(Errno error) => IoResult.Failed(Translate(error), new Win32Exception((int)error));

    /// <summary>The outcome of a call that takes no bytes.</summary>
    public static IoResult DoneOrFailed(SyscallResult result) =>
        result.IsOk ? IoResult.Done(0) : Failed(result.Error);

    /// <summary>
    /// The value, or an exception for a call that fails only when the process has no more of something.
    /// </summary>
    public static int Check(SyscallResult result, string call) => result.IsOk
        ? result.Value
        : throw new TransportException(
            Translate(result.Error), $"{call} failed: {Message(result.Error)}", new Win32Exception((int)result.Error));

    public static string Message(Errno error) => new Win32Exception((int)error).Message;
}
