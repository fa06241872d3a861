namespace NetCore.Transport;

/// <summary>What a source answers about the time after the batch it has just filled.</summary>
public enum SendState
{
    /// <summary>Nothing more until the next <see cref="Connection.RequestSend"/>.</summary>
    Idle,

    /// <summary>There is more: ask again when this batch is sent.</summary>
    More,

    /// <summary>The output ends after this batch (half-close); the source is not asked again.</summary>
    End,
}
