using System.Runtime.InteropServices;

namespace NetCore.Quickstart;

/// <summary>
/// Tells a regular file from a pipe, socket or device, which have no content to fetch: opening a pipe waits for ever.
/// .NET names all of them files.
/// </summary>
internal static partial class FileKind
{
    // statx(2), Linux: the structure is the same on every architecture; stx_mode stands at byte 28.
    private const int AtCurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint MaskType = 1;
    private const int StatBytes = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;

    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path);
        }

        var stat = new byte[StatBytes];
        return Statx(AtCurrentDirectory, path, NoFollow, MaskType, stat) == 0
            && (BitConverter.ToUInt16(stat, ModeOffset) & TypeMask) == TypeRegular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, [Out] byte[] stat);
}
