namespace NetCore.Bench;

/// <summary>What goes over the connections of a scenario.</summary>
internal enum Traffic
{
    /// <summary>Requests that are answered with their own bytes.</summary>
    Echo,

    /// <summary>One-way writes of <see cref="Scenario.PayloadBytes"/>, as many as go; the server counts them.</summary>
    Bulk,

    /// <summary>Small calls beside a one-way stream on the same connection, paced at half of its peak.</summary>
    BesideBulk,

    /// <summary>A stream of items from the server, as many as go; the client counts them.</summary>
    Items,

    /// <summary>The same there and back on one stream.</summary>
    Exchange,

    /// <summary>
    /// Messages of a publisher through a broker to <see cref="Scenario.Connections"/> subscribers, as many as go; each
    /// delivery is an operation.
    /// </summary>
    Publish,

    /// <summary>The same with one message under way, from the publish to the last delivery.</summary>
    PublishOne,

    /// <summary>One call of a hundred is slow on purpose; the others are measured.</summary>
    LongTail,

    /// <summary>Each operation is a new connection, one request on it, and its end.</summary>
    Connect,

    /// <summary>Connections that have had one request each and are then only held.</summary>
    Idle,
}
