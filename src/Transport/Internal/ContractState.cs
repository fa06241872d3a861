namespace NetCore.Transport.Internal;

/// <summary>What the watchers of one connection know together. Each field is changed by interlocked steps.</summary>
internal sealed class ContractState(string id)
{
    private int _receiving;
    private int _filling;
    private int _closed;

    public void EnterReceive()
    {
        Require(Interlocked.Exchange(ref _receiving, 1) == 0, "receive callbacks overlap");
        Require(Volatile.Read(ref _closed) == 0, "a receive callback came after OnClosed");
    }

    public void LeaveReceive() => Volatile.Write(ref _receiving, 0);

    public void EnterFill()
    {
        Require(Interlocked.Exchange(ref _filling, 1) == 0, "FillSend calls overlap");
        Require(Volatile.Read(ref _closed) == 0, "FillSend came after OnClosed");
    }

    public void LeaveFill() => Volatile.Write(ref _filling, 0);

    public void EnterClosed()
    {
        Require(Interlocked.Exchange(ref _closed, 1) == 0, "OnClosed came twice");
        Require(Volatile.Read(ref _receiving) == 0, "OnClosed came during a receive callback");
        Require(Volatile.Read(ref _filling) == 0, "OnClosed came during FillSend");
    }

    public void Require(bool holds, string violation)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"Connection {id} breaks its contract: {violation}.");
        }
    }
}
