using NetCore.Core;
using NetCore.Rpc.Internal;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>What a consumer has taken is reported once, whoever goes on meanwhile.</summary>
public class StreamReportTests
{
    [Fact]
    public async Task A_consumer_that_is_woken_as_it_begins_to_wait_reports_once()
    {
        var side = new Side();
        var reader = new ItemReader(side);
        side.OnQuarter = () =>
        {
            side.OnQuarter = null;
            var waker = new Thread(() => reader.End(default));
            waker.Start();

            // It is either woken and gone on before this returns, or it waits for the lock of who is about to report.
            waker.Join(TimeSpan.FromMilliseconds(200));
        };
        reader.CountTaken(Side.Window);
        Assert.False(await reader.ReadAsync());
        Assert.Equal([Side.Window], side.Reports);
    }

    private sealed class Side : IStreamSide
    {
        public const int Window = 100;

        public List<int> Reports { get; } = [];

        public Action? OnQuarter { get; set; }

        public int Quarter
        {
            get
            {
                OnQuarter?.Invoke();
                return Window;
            }
        }

        public RpcMethod Method => throw new NotSupportedException();

        public World World { get; } = new(new WorldOptions());

        public PeerSession Session => throw new NotSupportedException();

        public SessionStream Stream => throw new NotSupportedException();

        public CancellationToken Over => default;

        public void Consume(int bytes)
        {
            lock (Reports)
            {
                Reports.Add(bytes);
            }
        }

        public void Wake(IQueuedCall call) => call.Run();

        public void FlushWrites()
        {
        }

        public Exception ToException(in CallOutcome failure) => throw new NotSupportedException();

        public void CompleteWriting(in CallOutcome failure) => throw new NotSupportedException();

        public void GiveUp(in CallOutcome failure) => throw new NotSupportedException();

        public void Cancel(CancellationToken token) => throw new NotSupportedException();

        public void Leave() => throw new NotSupportedException();
    }
}
