namespace NetCore.Bench.Tests;

/// <summary>Calls that are answered in memory at once, but for what a test makes slow.</summary>
/// <param name="serve">Awaited for each call with its number from 1 on.</param>
internal sealed class MemoryContestant(Func<long, ValueTask> serve) : RpcContestant, IClientHalf
{
    private long _calls;
    private long _slowCalls;

    public override string Name => "memory";

    public override string Description => "for tests";

    /// <summary>Requests that asked to be slow.</summary>
    public long SlowCalls => Interlocked.Read(ref _slowCalls);

    /// <summary>Counts calls from 1 again.</summary>
    public void Restart() => _calls = 0;

    public override Task<IServerHalf> ListenAsync(Uri address, Service service) => throw new NotSupportedException();

    public override IClientHalf NewClientHalf() => this;

    public Task<IRpcClient> ConnectAsync(Uri address) => Task.FromResult<IRpcClient>(new Client(this));

    private sealed class Client(MemoryContestant owner) : IRpcClient
    {
        public async Task CallAsync(Caller caller)
        {
            while (await caller.NextAsync())
            {
                Interlocked.Add(ref owner._slowCalls, SlowCall.IsAskedFor(caller.Request) ? 1 : 0);
                await owner.ServeAsync();
                caller.Done(caller.Request);
            }
        }

        public ValueTask DisposeAsync() => default;
    }

    private ValueTask ServeAsync() => serve(Interlocked.Increment(ref _calls));
}
