using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>What must hold on every engine, with real threads and the real clock.</summary>
public class EngineTests
{
    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("unix")]
    [InlineData("default")]
    public async Task Every_kind_of_value_arrives_as_it_was_sent(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme);
        var calls = rig.Calls;
        foreach (var length in new[] { 0, 1, 100, 1024, 1025, 4097, 16 * 1024, 16 * 1024 + 1, 100_000, 3_000_000 })
        {
            var bytes = new byte[length];
            new Random(length).NextBytes(bytes);
            Assert.Equal(bytes, await calls.ArrayAsync(bytes));
            Assert.Equal(bytes, (await calls.MemoryAsync(bytes)).ToArray());
            using var lease = await calls.LeaseAsync(LeasedBytes.Copy(rig.World.Blocks, bytes));
            Assert.Equal(bytes, lease.ToArray());
            var text = string.Concat(Enumerable.Repeat("aé☺𝄞", length / 10));
            Assert.Equal(text, await calls.TextAsync(text));
        }

        Assert.Null(await calls.ArrayAsync(null));
        Assert.Null(await calls.MaybeTextAsync(null));
        Assert.Equal("", await calls.MaybeTextAsync(""));
        Assert.Null(await calls.PersonAsync(null));
        var person = new Person("Ada", ["x", "é"]);
        var back = await calls.PersonAsync(person);
        Assert.Equal((person.Name, string.Join(',', person.Tags)), (back!.Name, string.Join(',', back.Tags)));
        var id = new Guid("00000007-0000-0000-0000-000000000000");
        Assert.Equal(new Place(-3, 27), await calls.MoveAsync(id, new Place(3, 10), back: true, scale: 2));
        await calls.NothingAsync();
        Assert.Equal(7, await new OtherClient(rig.Client).AddAsync(3, 4));
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("unix")]
    [InlineData("default")]
    public async Task Many_calls_at_once_each_get_their_own_answer(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme);
        rig.Service.OnRun = async (value, _) =>
        {
            if (value % 3 != 0)
            {
                await Task.Yield();
            }

            return value * 2;
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 3000).Select(i => rig.Calls.RunAsync(i).AsTask()));
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => i * 2), answers);
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task One_way_calls_give_their_slots_back_and_show_no_error(string scheme)
    {
        await using var rig = await RealRig.StartAsync(
            scheme, options => options with { Session = new SessionOptions { MaxStreams = 4 } });
        rig.Service.OnNote = value =>
        {
            if (value % 2 == 0)
            {
                throw new InvalidOperationException("nobody learns of it");
            }
        };
        for (var i = 0; i < 1000; i++)
        {
            await rig.Calls.NoteAsync(i);
        }

        await RealRig.Until(() => rig.Service.Notes == 1000, "all notes arrive");
        Assert.Equal(5, await rig.Calls.RunAsync(5));
        await RealRig.Until(() => rig.Client.Session.OpenStreams == 0, "all slots are free");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_throws_tells_its_type_and_its_message_only_when_that_is_asked_for(bool expose)
    {
        await using var rig = await RealRig.StartAsync(
            "tcp", options => options with { ExposeExceptionMessages = expose });
        rig.Service.OnRun = async (value, _) =>
        {
            if (value == 1)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("the secret is 42");
        };
        for (var i = 0; i < 2; i++)
        {
            var error = await RealRig.Error(rig.Calls.RunAsync(i));
            Assert.Equal((RpcErrorCode.HandlerFailed, RpcExecution.Executed), (error.Code, error.Execution));
            Assert.Contains("InvalidOperationException", error.Message, StringComparison.Ordinal);
            Assert.Equal(expose, error.Message.Contains("secret", StringComparison.Ordinal));
        }

        Assert.True(rig.Log.Contains(LogLevel.Error, "test.work/Run"), rig.Log.ToString());
    }

    [Fact]
    public async Task An_exception_of_this_layer_passes_with_its_code_and_message()
    {
        await using var rig = await RealRig.StartAsync("tcp");
        var message = new string('é', 5000);
        rig.Service.OnRun = (_, _) => throw new RpcException(RpcErrorCode.Rejected, "full until Monday " + message);
        var error = await RealRig.Error(rig.Calls.RunAsync(1));
        Assert.Equal((RpcErrorCode.Rejected, RpcExecution.Executed), (error.Code, error.Execution));
        Assert.Contains("full until Monday éé", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 400, 1100);
    }

    [Fact]
    public async Task Messages_that_are_too_large_are_refused_in_either_direction_and_the_connection_goes_on()
    {
        await using var rig = await RealRig.StartAsync(
            "tcp", options => options with { Session = new SessionOptions { MaxMessageBytes = 100_000 } });
        var request = await Assert.ThrowsAsync<RpcException>(async () => await rig.Calls.ArrayAsync(new byte[100_000]));
        Assert.Equal((RpcErrorCode.MessageTooLarge, RpcExecution.NotSent), (request.Code, request.Execution));
        await using var client = await rig.ConnectAsync(new SessionOptions { MaxMessageBytes = 50_000 });
        var response = await Assert.ThrowsAsync<RpcException>(
            async () => await new WorkClient(client).ArrayAsync(new byte[60_000]));
        Assert.Equal((RpcErrorCode.MessageTooLarge, RpcExecution.Executed), (response.Code, response.Execution));
        Assert.Equal(40_000, (await new WorkClient(client).ArrayAsync(new byte[40_000]))!.Length);
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    public async Task A_handler_that_blocks_holds_back_no_other_call_and_no_answer(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme);
        using var others = new CountdownEvent(1);
        rig.Service.OnRun = async (value, _) =>
        {
            if (value == 0)
            {
                Assert.True(others.Wait(30_000, CancellationToken.None));
            }
            else if (value % 2 == 0)
            {
                await Task.Yield();
            }

            return value;
        };

        // The blocked handler goes on only when the answers of all others have reached the client.
        for (var round = 0; round < 100; round++)
        {
            others.Reset(8);
            var calls = Enumerable.Range(0, 9).Select(i => (i + round) % 9).Select(async i =>
            {
                Assert.Equal(i, await rig.Calls.RunAsync(i));
                if (i > 0)
                {
                    others.Signal();
                }
            });
            await Task.WhenAll(calls);
        }
    }

    [Theory]
    [InlineData("inproc")]
    [InlineData("tcp")]
    [InlineData("unix")]
    public async Task Losing_the_connection_ends_its_calls_and_no_others(string scheme)
    {
        await using var rig = await RealRig.StartAsync(scheme);
        var gate = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Service.OnRun = (_, _) => new(gate.Task);
        await using var other = await rig.ConnectAsync();
        var lost = Enumerable.Range(0, 50).Select(i => rig.Calls.RunAsync(i).AsTask()).ToList();
        var kept = new WorkClient(other).RunAsync(1).AsTask();
        await RealRig.Until(() => rig.Service.Started == 51, "all calls run");
        rig.Client.Session.Connection.Abort();
        foreach (var call in lost)
        {
            var error = await RealRig.Error(new(call));
            Assert.Equal((RpcErrorCode.Unavailable, RpcExecution.MaybeExecuted), (error.Code, error.Execution));
        }

        await RealRig.Until(() => rig.Server.Connections == 1, "the server drops the lost connection");
        gate.SetResult(3);
        Assert.Equal(3, await kept);
    }
}
