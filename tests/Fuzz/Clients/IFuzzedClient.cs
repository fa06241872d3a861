namespace NetCore.Fuzz.Clients;

/// <summary>What somebody does with a client whose server says anything.</summary>
internal interface IFuzzedClient
{
    /// <summary>What the server says after its hello, before the input.</summary>
    byte[] Welcome { get; }

    /// <summary>Nothing of it is under way; it throws what was no failure that the contract names.</summary>
    bool IsOver { get; }

    /// <summary>The hello has been read.</summary>
    void Start();

    /// <summary>Begins, goes on with or gives up something.</summary>
    void Act();

    /// <summary>What waits by itself goes on.</summary>
    void Finish();

    /// <summary>Ends the client in order.</summary>
    Task EndAsync();
}
