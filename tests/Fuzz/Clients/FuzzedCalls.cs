using NetCore.Fuzz.Servers;
using NetCore.Fuzz.Sessions;
using NetCore.Rpc;
using NetCore.Session;

namespace NetCore.Fuzz.Clients;

/// <summary>Calls of each kind: the first on stream 1, the second on stream 3, and so on.</summary>
internal sealed class FuzzedCalls(Task<RpcClient> connecting, SessionScript script) : IFuzzedClient
{
    // As many as the greeting lets be open.
    private const int AtFirst = 5;
    private const int Most = 40;
    private const int ItemsOfACall = 300;

    private readonly Pending _calls = new(script, static error => error is RpcException);
    private FuzzedClient? _client;
    private int _begun;
    private int _sources;

    public byte[] Welcome => [];

    public bool IsOver => _calls.IsOver && _sources == 0 && connecting.IsCompleted
        && (connecting.IsCompletedSuccessfully || connecting.Exception!.InnerException is SessionException);

    public void Start()
    {
        // A world without memory may keep it from coming so far.
        if (connecting.IsCompletedSuccessfully)
        {
            _client = new FuzzedClient(connecting.Result);
            while (_begun < AtFirst)
            {
                Begin();
            }
        }
    }

    public void Act()
    {
        switch (script.Next(4))
        {
            case 0:
                _calls.CancelOne();
                break;
            case 1:
                _calls.GoOn();
                break;
            default:
                Begin();
                break;
        }
    }

    public void Finish() => _calls.Finish();

    public async Task EndAsync()
    {
        if (connecting.IsCompletedSuccessfully)
        {
            await (await connecting).DisposeAsync();
        }
    }

    private void Begin()
    {
        if (_client is not { } client || _begun == Most)
        {
            return;
        }

        var kind = _begun++ % 7;
        _calls.Begin(async cancellation =>
        {
            switch (kind)
            {
                case 0:
                    await client.AddAsync(2, 3);
                    break;
                case 1:
                    await client.EchoAsync([1, 2, 3], "é", default, flag: true);
                    break;
                case 2:
                    await ConsumeAsync(client.CountAsync(10), cancellation);
                    break;
                case 3:
                    await client.SumAsync(ItemsAsync(static i => i));
                    break;
                case 4:
                    await ConsumeAsync(client.MirrorAsync(1, ItemsAsync(static i => new byte[i])), cancellation);
                    break;
                case 5:
                    await client.WaitAsync(cancellation);
                    break;
                default:
                    await client.NoteAsync("note"u8.ToArray());
                    break;
            }
        });
    }

    private async Task ConsumeAsync<T>(IAsyncEnumerable<T> items, CancellationToken cancellation)
    {
        await foreach (var item in items.WithCancellation(cancellation))
        {
            await _calls.PauseAsync();
            if (item is 13 or byte[] { Length: 13 })
            {
                return;
            }
        }
    }

    private async IAsyncEnumerable<T> ItemsAsync<T>(Func<int, T> make)
    {
        _sources++;
        try
        {
            for (var i = 0; i < ItemsOfACall; i++)
            {
                await default(ValueTask);
                yield return make(i);
            }
        }
        finally
        {
            _sources--;
        }
    }
}
