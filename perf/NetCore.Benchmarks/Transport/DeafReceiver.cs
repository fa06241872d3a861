using NetCore.Transport;

namespace NetCore.Benchmarks.Transport;

/// <summary>The sending end's receiver: nothing comes.</summary>
internal sealed class DeafReceiver : IReceiver
{
    public int OnReceived(in ReceivedData data) => data.Length;

    public void OnBatchEnd()
    {
    }

    public void OnEndOfInput()
    {
    }

    public void OnClosed(in ConnectionClose close)
    {
    }
}
