namespace NetCore.Bench;

/// <summary>One way to send 32 bytes to another process and to get 32 bytes back.</summary>
/// <remarks>
/// To add one, put it into a folder of its own under <c>perf/contestants</c> and name it in <see cref="Contestants"/>.
/// </remarks>
internal interface IContestant
{
    /// <summary>How the command line and the tables call it.</summary>
    string Name { get; }

    /// <summary>One line about what it measures.</summary>
    string Description { get; }

    /// <summary>Starts the answering side.</summary>
    /// <param name="address"><c>tcp://host:port</c>; port 0 means any free one.</param>
    Task<IEchoServer> ListenAsync(Uri address);

    /// <summary>Makes the one connection that all callers share.</summary>
    /// <param name="address">What the server printed.</param>
    Task<IEchoClient> ConnectAsync(Uri address);
}
