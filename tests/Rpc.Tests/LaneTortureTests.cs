using System.Buffers.Binary;
using System.Diagnostics;
using NetCore.Session;
using NetCore.Testing.Shared;

namespace NetCore.Rpc.Tests;

/// <summary>
/// Both lanes at once over one connection, with methods and decorators that go async at any moment, callers that lose
/// their patience and go on on the reactor: each gets its own bytes, and everything comes back.
/// </summary>
public class LaneTortureTests
{
    private const int LeastAnswers = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("inproc", RpcContinuations.Reactor, 4)]
    [InlineData("tcp", RpcContinuations.Reactor, 1024)]
    [InlineData("epoll", RpcContinuations.Pool, 4)]
    [InlineData("epoll", RpcContinuations.Reactor, 1024)]
    [InlineData("epoll-unix", RpcContinuations.Reactor, 16)]
    [InlineData("app", RpcContinuations.Reactor, 1024)]
    public async Task Every_answer_is_that_of_its_request(string scheme, RpcContinuations continuations, int streams)
    {
        await using var rig = await RealRig.StartAsync(
            scheme,
            options => options with
            {
                Session = new SessionOptions { MaxStreams = streams },
                ConcurrencyPerConnection = Math.Min(8, streams),
            },
            continuations: continuations,
            reactors: 2,
            decorate: static next => new AroundDispatcher(next, static (call, inner) =>
                call.TimeLeft.Milliseconds % 3 == 0 ? LaterAsync(call, inner) : inner.DispatchAsync(call)));
        rig.Lanes.OnRun = static async (value, cancellation) =>
        {
            switch (value & 3)
            {
                case 0:
                    break;
                case 1:
                    await Task.Yield();
                    break;
                default:
                    // Torture: the handler is to end at any moment beside its caller's cancellation.
                    await Task.Delay(value & 3, CancellationToken.None);
                    cancellation.ThrowIfCancellationRequested();
                    break;
            }

            return value;
        };
        var started = Stopwatch.GetTimestamp();
        var ends = new int[Enum.GetValues<RpcErrorCode>().Length];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(worker => rig.OnReceiverAsync(
            () => WorkAsync(rig, worker, () => GoOn(started, ends), ends))));
        Assert.True(ends[(int)RpcErrorCode.None] > LeastAnswers, "Answers: " + string.Join(' ', ends));
        await RealRig.Until(() => rig.Client.Session.OpenStreams == 0, "no stream is left");
        Assert.Equal(1, await rig.Calls.RunAsync(1));
    }

    // The request is read on another thread while the receiving one is on its way out of the call.
    private static async ValueTask LaterAsync(IncomingCall call, IDispatcher inner)
    {
        await Task.Yield();
        await inner.DispatchAsync(call);
    }

    // For its time, and on a slow machine until enough has come.
    private static bool GoOn(long started, int[] ends)
    {
        var passed = Stopwatch.GetElapsedTime(started);
        return passed < Time || (passed < MostTime && Volatile.Read(ref ends[(int)RpcErrorCode.None]) <= LeastAnswers);
    }

    private static async Task WorkAsync(RealRig rig, int worker, Func<bool> goOn, int[] ends)
    {
        var random = new SeededRandomSource((ulong)worker + 1);
        for (var i = 0; goOn(); i++)
        {
            var marker = (worker << 24) | (i & 0xFFFFFF);
            var timeout = random.Next(4) == 0 ? 1 + random.Next(3) : 30_000;
            var calls = new LanesClient(rig.Client, new CallOptions { Timeout = TimeSpan.FromMilliseconds(timeout) });
            using var caller = new CancellationTokenSource();
            var code = RpcErrorCode.None;
            try
            {
                await CallAsync(calls, marker, random, caller);
            }
            catch (RpcException error)
            {
                code = error.Code;
                Assert.True(code is RpcErrorCode.DeadlineExceeded or RpcErrorCode.Cancelled
                    || (code == RpcErrorCode.Overloaded && error.Execution == RpcExecution.NotSent), error.Message);
            }
            catch (OperationCanceledException error)
            {
                code = RpcErrorCode.Cancelled;
                Assert.Equal(caller.Token, error.CancellationToken);
            }

            Interlocked.Increment(ref ends[(int)code]);
        }
    }

    private static async Task CallAsync(
        LanesClient calls, int marker, SeededRandomSource random, CancellationTokenSource caller)
    {
        var bytes = new byte[4 + random.Next(6000)];
        bytes.AsSpan().Fill((byte)(marker * 31));
        BinaryPrimitives.WriteInt32LittleEndian(bytes, marker);
        switch (random.Next(6))
        {
            case 0:
                Assert.Equal(new Place(marker + 1, 2), await calls.MoveAsync(new Place(marker, 0)));
                break;
            case 1:
                Assert.Equal(bytes.Sum(b => b), await calls.LaterAsync(bytes));
                break;
            case 2:
                Assert.Equal(bytes.Concat(bytes), await calls.JoinAsync(bytes, bytes));
                break;
            case 3:
                var sum = bytes.Sum(b => (long)b);
                Assert.Equal($"{marker} 7 {bytes.Length} {sum}", await calls.DescribeAsync($"{marker}", 7, bytes));
                break;
            case 4:
                Assert.Equal(marker, await PatientAsync(calls.PoolAsync(marker, caller.Token), random, caller));
                break;
            default:
                Assert.Equal(marker, await PatientAsync(calls.RunAsync(marker, caller.Token), random, caller));
                break;
        }
    }

    private static ValueTask<int> PatientAsync(
        ValueTask<int> call, SeededRandomSource random, CancellationTokenSource caller)
    {
        if (random.Next(5) == 0)
        {
            caller.Cancel();
        }

        return call;
    }
}
