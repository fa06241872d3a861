namespace NetCore.Rpc.Internal;

/// <summary>Sends what somebody enumerates.</summary>
internal static class ItemPump
{
    /// <summary>Writes all items; flushes when it has to wait for the next.</summary>
    /// <returns>False when the call was over before.</returns>
    public static async ValueTask<bool> RunAsync<T>(
        RpcStream stream, IMessageCodec<T> codec, IAsyncEnumerable<T> items, CancellationToken token)
    {
        var enumerator = items.GetAsyncEnumerator(token);
        await using (enumerator.ConfigureAwait(false))
        {
            while (true)
            {
                var next = enumerator.MoveNextAsync();
                if (!next.IsCompleted)
                {
                    stream.Writer.Flush();
                }

                if (!await next.ConfigureAwait(false))
                {
                    return true;
                }

                if (!await stream.Writer.WriteAsync(codec, enumerator.Current, flushSoon: false).ConfigureAwait(false))
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Sends the caller's items and their end; beside the call, which does not wait for it.</summary>
    public static void Start<T>(RpcStream stream, IMessageCodec<T> codec, IAsyncEnumerable<T> items) =>
        _ = SendAsync(stream, codec, items);

    private static async Task SendAsync<T>(RpcStream stream, IMessageCodec<T> codec, IAsyncEnumerable<T> items)
    {
        try
        {
            if (await RunAsync(stream, codec, items, stream.Over).ConfigureAwait(false))
            {
                stream.CompleteWriting();
            }
        }
#pragma warning disable CA1031 // What the caller's items throw is told to whoever awaits the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            stream.FailWriting(error);
        }
    }
}
