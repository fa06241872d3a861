namespace NetCore.Fuzz.Driver;

/// <summary>
/// A folder that one campaign has for itself: two would write their inputs into the same files, and find what no input
/// does. The system lets go of it when the process ends, so the file may stay.
/// </summary>
internal sealed class FolderClaim : IDisposable
{
    // EWOULDBLOCK of Linux, which is what no sharing is refused with there.
    private const int Held = 11;

    private readonly FileStream _file;

    /// <param name="folder">Made if it is not there.</param>
    /// <exception cref="UsageException">Another campaign has it, or nothing can be written there.</exception>
    public FolderClaim(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            _file = new FileStream(
                Path.Combine(folder, "driver.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (exception.HResult == Held)
        {
            throw new UsageException($"Another driver runs in {folder}: wait for its end, end it, or give this one a "
                + "folder of its own (--folder NAME).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder {folder} cannot be used: {exception.Message}");
        }
    }

    public void Dispose() => _file.Dispose();
}
