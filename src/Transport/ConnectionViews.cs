using System.IO.Pipelines;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>
/// A connection as pipe, stream or writer, for code that wants these; each starts the connection itself.
/// </summary>
/// <remarks>
/// They stand at the edge: each byte is copied once more and each read costs a wake-up. The direct way is
/// <see cref="Connection.Start"/>. A connection has one view at most.
/// </remarks>
public static class ConnectionViews
{
    /// <summary>Starts the connection as a pair of pipes, which then owns it.</summary>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public static ConnectionPipe AsDuplexPipe(this Connection connection, PipeViewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new ConnectionPipe(connection, options ?? new PipeViewOptions());
    }

    /// <summary>
    /// Starts the connection as a stream, which then owns it. Reads and writes may run beside each other.
    /// </summary>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public static Stream AsStream(this Connection connection, PipeViewOptions? options = null) =>
        new ConnectionStream(AsDuplexPipe(connection, options));

    /// <summary>Starts the connection with a receiver of one's own and a writer for the output.</summary>
    /// <param name="connection">Stays the caller's to dispose.</param>
    /// <param name="receiver">Gets the input as always.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <returns>
    /// A buffer writer for one thread at a time. Nothing is sent before its flush, which waits while too much is
    /// unsent; completing it ends the output.
    /// </returns>
    /// <exception cref="InvalidOperationException">Started already.</exception>
    public static PipeWriter AsBufferWriter(
        this Connection connection, IReceiver receiver, PipeViewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(receiver);
        var settings = options ?? new PipeViewOptions();
        var output = new PipeOutput(connection, settings, ExecutorPipeScheduler.Of(connection, settings));
        connection.Start(new WriterReceiver(receiver, output), output);
        return output.Writer;
    }
}
