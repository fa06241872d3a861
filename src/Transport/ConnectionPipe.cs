using System.IO.Pipelines;
using NetCore.Transport.Internal;

namespace NetCore.Transport;

/// <summary>A connection as two pipes with back-pressure both ways.</summary>
/// <remarks>
/// One reader and one writer at a time, as with every pipe. The input completes at the peer's end, with a
/// <see cref="TransportException"/> when the connection broke; completing <see cref="Output"/> ends the own side
/// (half-close). After the input was completed by its reader, what still comes is dropped. Continuations run on the
/// world's executor.
/// </remarks>
public sealed class ConnectionPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly Connection _connection;
    private readonly PipeViewOptions _options;
    private readonly PipeInput _input;
    private readonly PipeOutput _output;

    internal ConnectionPipe(Connection connection, PipeViewOptions options)
    {
        _connection = connection;
        _options = options;
        var scheduler = ExecutorPipeScheduler.Of(connection, options);
        _output = new PipeOutput(connection, options, scheduler);
        _input = new PipeInput(connection, options, scheduler, _output);
        connection.Start(_input, _output);
    }

    /// <summary>What the peer sends.</summary>
    public PipeReader Input => _input.Reader;

    /// <summary>What goes to the peer; nothing is sent before a flush.</summary>
    public PipeWriter Output => _output.Writer;

    /// <summary>The connection, for its addresses and <see cref="Connection.Abort"/>.</summary>
    public Connection Connection => _connection;

    /// <summary>
    /// Ends the output, drops further input, waits for the peer's end for <see cref="PipeViewOptions.LingerTime"/> at
    /// most and closes. Idempotent.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await Output.CompleteAsync().ConfigureAwait(false);
        await Input.CompleteAsync().ConfigureAwait(false);
        _connection.ResumeReceive();
        var linger = new TimerDelay(ExecutorPipeScheduler.WorldOf(_connection, _options), _options.LingerTime);
        await Task.WhenAny(_input.Closed, linger.Task).ConfigureAwait(false);
        linger.Cut();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }
}
