using System.Buffers.Binary;
using System.Diagnostics;
using NetCore.Core;
using NetCore.Session;
using NetCore.Testing.Shared;

namespace NetCore.Rpc.Tests;

/// <summary>
/// Calls that end in every way at once: none may get what belongs to another, and everything comes back.
/// </summary>
public class TortureTests
{
    private const int LeastAnswers = 100;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("inproc", 4)]
    [InlineData("tcp", 1024)]
    public async Task Every_answer_is_that_of_its_request(string scheme, int streams)
    {
        await using var rig = await RealRig.StartAsync(
            scheme, options => options with { Session = new SessionOptions { MaxStreams = streams } });
        rig.Service.OnRun = async (value, cancellation) =>
        {
            switch (value & 3)
            {
                case 0:
                    break;
                case 1:
                    await Task.Yield();
                    break;
                default:
                    // An answer that comes about when the caller's patience ends.
                    await Task.Delay(value & 3, CancellationToken.None);
                    cancellation.ThrowIfCancellationRequested();
                    break;
            }

            return value;
        };
        var started = Stopwatch.GetTimestamp();
        var ends = new int[Enum.GetValues<RpcErrorCode>().Length];
        await Task.WhenAll(Enumerable.Range(0, 12).Select(
            worker => Task.Run(() => WorkAsync(rig, worker, () => GoOn(started, ends), ends))));
        Assert.True(ends[(int)RpcErrorCode.None] > LeastAnswers, "Answers: " + string.Join(' ', ends));
        await RealRig.Until(() => rig.Client.Session.OpenStreams == 0, "no stream is left");
        Assert.Equal(1, await rig.Calls.RunAsync(1));
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
            var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(timeout) };
            var calls = new WorkClient(rig.Client, options);
            using var caller = new CancellationTokenSource();
            var code = RpcErrorCode.None;
            try
            {
                if (random.Next(2) == 0)
                {
                    var run = calls.RunAsync(marker, caller.Token);
                    if (random.Next(5) == 0)
                    {
                        caller.Cancel();
                    }

                    Assert.Equal(marker, await run);
                }
                else
                {
                    await CheckLeaseAsync(rig, calls, marker, 4 + random.Next(6000));
                }
            }
            catch (RpcException error)
            {
                code = error.Code;

                // Overloaded: handlers of calls that were given up still run, and the server is full of them.
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

    private static async Task CheckLeaseAsync(RealRig rig, WorkClient calls, int marker, int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill((byte)(marker * 31));
        BinaryPrimitives.WriteInt32LittleEndian(bytes, marker);
        using var answer = await calls.LeaseAsync(LeasedBytes.Copy(rig.World.Blocks, bytes));
        Assert.Equal(bytes, answer.ToArray());
    }
}
