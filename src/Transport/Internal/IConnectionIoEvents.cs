namespace NetCore.Transport.Internal;

/// <summary>What a byte stream tells its connection. Never called inside a call of the connection.</summary>
internal interface IConnectionIoEvents
{
    /// <summary>The wait is over: there is input, its end, or an error; the next receive tells which.</summary>
    void OnReadable();

    /// <summary>
    /// The pending send is over. <paramref name="result"/> counts bytes that the buffer was told of already.
    /// </summary>
    void OnSendCompleted(IoResult result);
}
