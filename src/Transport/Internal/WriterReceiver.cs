namespace NetCore.Transport.Internal;

/// <summary>Passes everything on, and tells the writer that the connection is closed.</summary>
internal sealed class WriterReceiver(IReceiver inner, PipeOutput output) : IReceiver
{
    public int OnReceived(in ReceivedData data) => inner.OnReceived(data);

    public void OnBatchEnd() => inner.OnBatchEnd();

    public void OnEndOfInput() => inner.OnEndOfInput();

    public void OnClosed(in ConnectionClose close)
    {
        output.Complete(PipeOutput.ToException(close));
        inner.OnClosed(close);
    }
}
