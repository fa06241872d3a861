using FsCheck;
using FsCheck.Xunit;
using NetCore.Session;

namespace NetCore.Rpc.Tests;

/// <summary>Any course of writes, reads and ends on echoed streams, in any order of the world's work.</summary>
public class StreamLaws
{
    private static readonly SessionOptions Small = new()
    {
        StreamWindowBytes = SessionLimits.MinWindowBytes, ConnectionWindowBytes = SessionLimits.MinWindowBytes,
    };

    [Property(MaxTest = 50)]
    public void What_is_read_is_what_was_written_and_all_comes_back_however_it_ends(
        DoNotSize<int>[] operations, DoNotSize<ulong> seed)
    {
        using var rig = new SteppedRig(seed: seed.Item, permute: true, session: Small);
        var flows = new[] { new Flow(rig), new Flow(rig) };
        foreach (var operation in operations)
        {
            var value = (uint)operation.Item;
            Do(rig, flows[value & 1], (value >> 1) % 64, (int)((value >> 7) % 40_000));
            rig.Client.Session.AssertCredit();
        }

        // What was not cut off arrives whole.
        foreach (var flow in flows)
        {
            flow.Complete();
            flow.ReadToEnd();
        }

        rig.Test.Settle();
        Assert.All(flows, flow => flow.AssertOver());
        Assert.Equal(0, rig.Flows.Open);
    }

    private static void Do(SteppedRig rig, Flow flow, uint what, int size)
    {
        switch (what)
        {
            case < 24:
                flow.Write(size % 4 == 0 ? size : size % 200);
                break;
            case < 44:
                flow.Read();
                break;
            case < 46:
                flow.Stream.Flush();
                break;
            case 46:
                flow.Complete();
                break;
            case 47 when size % 4 == 0:
                flow.Cancel();
                break;
            case 48 when size % 8 == 0:
                rig.Client.Session.Connection.Abort();
                break;
            case 49 when size % 8 == 0:
                rig.ServerConnection.Abort();
                break;
            default:
                for (var steps = size % 60; steps > 0 && rig.Test.Executor.RunOne(); steps--)
                {
                }

                break;
        }
    }

    private sealed class Flow(SteppedRig rig)
    {
        private Task<bool> _write = Task.FromResult(true);
        private Task _read = Task.CompletedTask;
        private int _written;
        private int _got;
        private bool _completed;
        private bool _ended;
        private bool _failed;

        public RpcStream Stream { get; } = rig.Client.OpenStream(FlowsMethods.Echo, NothingCodec.Instance, default);

        private List<int> Lengths { get; } = [];

        public void Write(int length)
        {
            if (_completed || !_write.IsCompleted)
            {
                return;
            }

            var item = Flows.Item(_written++, length);
            Lengths.Add(length);
            _write = Stream.WriteAsync(FlowsMethods.Echo.SentCodec, item).AsTask();
        }

        public void Read()
        {
            if (_read.IsCompleted && !_ended)
            {
                _read = ReadAsync();
            }
        }

        public void ReadToEnd()
        {
            while (!_ended)
            {
                Read();
                rig.Test.Settle();
                Assert.True(_read.IsCompleted, "A read waits for ever.");
            }
        }

        public void Complete()
        {
            _completed = true;
            Stream.CompleteWriting();
        }

        public void Cancel()
        {
            _completed = true;
            Stream.Cancel();
        }

        public void AssertOver()
        {
            Assert.True(_write.IsCompleted, "A write waits for ever.");
            Assert.True(_failed || _got == _written, $"{_got} of {_written} items came back.");
            rig.Finish(Stream.DisposeAsync());
        }

        private async Task ReadAsync()
        {
            try
            {
                if (!await Stream.ReadAsync())
                {
                    _ended = true;
                    return;
                }
            }
            catch (Exception e) when (e is RpcException or OperationCanceledException)
            {
                _ended = _failed = true;
                return;
            }

            var length = Lengths[_got];
            Assert.True(
                Stream.Decode(FlowsMethods.Echo.ReceivedCodec).Span.SequenceEqual(Flows.Item(_got++, length)),
                "Other bytes came back.");
        }
    }
}
