using NetCore.Native;

namespace NetCore.Transport.Tests;

/// <summary>Sends that the kernel takes in pieces.</summary>
public sealed class ShortSendTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4000)]
    public async Task A_kernel_that_takes_a_few_bytes_at_a_time_gets_them_all_and_the_end_after_them(int most)
    {
        var bytes = Math.Min(400_000, 20_000 * most);
        await using var engine = new ClampedEngine(most);
        await using var pair = await Pair.StartAsync(engine);
        pair.Server.SendPattern(bytes);
        pair.Client.SendPattern(bytes, end: true);
        await pair.Closed();
        Assert.Equal(bytes, pair.Client.Received);
        Assert.Equal(bytes, pair.Server.Received);
        Assert.Equal(TransportError.None, pair.Client.Close.Error);
    }

    private sealed class ClampedEngine(int most) : EpollTcpEngine
    {
        private protected override ISystemCalls Calls() => new RepeatingCalls<Clamp>(new Clamp(most));
    }

    private readonly unsafe struct Clamp(int most) : ISystemCalls
    {
        private readonly Kernel _kernel = default;

        public SyscallResult Receive(int descriptor, Span<byte> into) => _kernel.Receive(descriptor, into);

        public SyscallResult Send(int descriptor, ReadOnlySpan<byte> bytes) =>
            _kernel.Send(descriptor, bytes[..Math.Min(bytes.Length, most)]);

        public SyscallResult Send(int descriptor, ReadOnlySpan<IoVector> vectors) =>
            Send(descriptor, new ReadOnlySpan<byte>(vectors[0].Base, (int)vectors[0].Length));

        public SyscallResult Accept(int listener) => _kernel.Accept(listener);

        public SyscallResult Wait(int epoll, EpollEvents events, int timeoutMilliseconds) =>
            _kernel.Wait(epoll, events, timeoutMilliseconds);
    }
}
