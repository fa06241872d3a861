namespace NetCore.Transport.Peer;

/// <summary>Takes the descriptors of the process.</summary>
internal static class Hoard
{
    /// <summary>All that are left.</summary>
    public static void Fill(Stack<IDisposable> hoard)
    {
        try
        {
            while (true)
            {
                hoard.Push(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            // Too many open files: that is what was wanted.
        }
    }

    /// <summary>Gives so many back.</summary>
    public static void Free(Stack<IDisposable> hoard, int count)
    {
        for (var i = 0; i < count && hoard.TryPop(out var file); i++)
        {
            file.Dispose();
        }
    }
}
