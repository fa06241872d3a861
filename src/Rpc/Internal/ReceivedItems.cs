namespace NetCore.Rpc.Internal;

/// <summary>The items of a stream as something to enumerate.</summary>
/// <param name="open">Gives the stream of one enumeration.</param>
/// <param name="codec">Reads the items.</param>
/// <param name="ownsStream">The stream ends with the enumeration.</param>
internal sealed class ReceivedItems<T>(Func<CancellationToken, RpcStream> open, IMessageCodec<T> codec, bool ownsStream)
    : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new ItemEnumerator<T>(open(cancellationToken), codec, ownsStream, cancellationToken);
}
