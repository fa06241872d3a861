namespace NetCore.Transport;

/// <summary>Counters of one connection since it was made; a snapshot.</summary>
/// <param name="BytesReceived">Bytes that the kernel or the pipe delivered.</param>
/// <param name="BytesSent">Bytes handed to the kernel or the pipe.</param>
/// <param name="Receives">Receive operations that delivered bytes.</param>
/// <param name="Sends">Send operations.</param>
public readonly record struct ConnectionStatistics(long BytesReceived, long BytesSent, long Receives, long Sends);
