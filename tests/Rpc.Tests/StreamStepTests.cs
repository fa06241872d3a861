using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>A call with items is ended after each number of steps that its world can take, in every way.</summary>
public class StreamStepTests
{
    private const int Count = 18;
    private const int Length = 6000;

    private static readonly SessionOptions SmallWindow = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes,
        ConnectionWindowBytes = SessionLimits.MinWindowBytes,
    };

    public static TheoryData<string, string> Cases => new(
        from kind in new[] { "server", "client", "duplex" }
        from end in new[]
        {
            "cancel", "leave", "handler throws", "items throw", "client aborts", "server aborts", "dispose",
        }
        select (kind, end));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Whatever_ends_a_call_at_whatever_step_gives_all_back(string kind, string end)
    {
        var step = 0;
        while (EndAfter(step, kind, end))
        {
            step++;
        }

        Assert.True(step > 10, $"{step} steps only.");
    }

    // False when the call was over before.
    private static bool EndAfter(int step, string kind, string end)
    {
        using var rig = new SteppedRig(session: SmallWindow);
        using var cancel = new CancellationTokenSource();
        var course = new Course(rig, cancel.Token);
        rig.Flows.OnItem = (number, _) => number % 5 == 2 ? course.StepAsync() : default;
        var call = course.RunAsync(kind);
        for (var i = 0; i < step && rig.Test.Executor.RunOne(); i++)
        {
            rig.Client.Session.AssertCredit();
        }

        var wasOpen = !call.IsCompleted;
        switch (end)
        {
            case "cancel":
                cancel.Cancel();
                break;
            case "leave":
                course.Leaves = true;
                break;
            case "handler throws":
                rig.Flows.OnItem = static (_, _) => throw new InvalidOperationException("now");
                break;
            case "items throw":
                course.Throws = true;
                break;
            case "client aborts":
                rig.Client.Session.Connection.Abort();
                break;
            case "server aborts":
                rig.ServerConnection.Abort();
                break;
            default:
                rig.Finish(rig.Client.DisposeAsync());
                break;
        }

        rig.Test.Settle();
        Assert.True(call.IsCompleted, $"{kind}, {end} after {step} steps: the call has not ended.");
        Assert.Equal(0, rig.Flows.Open);
        Assert.Equal(0, rig.Client.Session.OpenStreams);
        _ = call.Exception;
        return wasOpen;
    }

    private sealed class Course(SteppedRig rig, CancellationToken token)
    {
        public bool Leaves { get; set; }

        public bool Throws { get; set; }

        public Task RunAsync(string kind) => kind switch
        {
            "server" => TakeAsync(rig.FlowCalls.BytesAsync(Count, Length, token)),
            "client" => rig.FlowCalls.JoinAsync("", Give(), "", token).AsTask(),
            _ => TakeAsync(rig.FlowCalls.EchoAsync(Give(), token)),
        };

        public async ValueTask StepAsync()
        {
            var later = new NetCore.Core.Completion<bool>(rig.Test.World.Executor);
            later.TrySetResult(true);
            await later.Task;
        }

        private async Task TakeAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> items)
        {
            var number = 0;
            await foreach (var item in items)
            {
                Assert.True(item.Span.SequenceEqual(Flows.Item(number++, Length)), "Other bytes came.");
                if (Leaves)
                {
                    break;
                }

                if (Throws)
                {
                    throw new InvalidOperationException("the consumer");
                }
            }
        }

        private async IAsyncEnumerable<ReadOnlyMemory<byte>> Give()
        {
            for (var i = 0; i < Count; i++)
            {
                await OnItemAsync(i);
                yield return Flows.Item(i, Length);
            }
        }

        // Goes on in a step of its own now and then.
        private async ValueTask OnItemAsync(int number)
        {
            if (Throws || Leaves)
            {
                throw new InvalidOperationException("the items");
            }

            if (number % 7 == 3)
            {
                await StepAsync();
            }
        }
    }
}
