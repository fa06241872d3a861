using NetCore.Bench.Contenders;
using NetCore.Core;

namespace NetCore.Bench.Tests.Floor;

public class FloorTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    public static bool NotLinux => !OperatingSystem.IsLinux();

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(false, false, false, 1, 1, 32)]
    [InlineData(false, false, true, 1, 1, 1024)]
    [InlineData(false, true, false, 3, 16, 32)]
    [InlineData(true, false, false, 8, 4, 32)]
    [InlineData(true, true, true, 1, 64, 32)]
    [InlineData(false, true, true, 64, 16, 100)]
    [InlineData(false, false, false, 1, 64, 65536)]
    public async Task Every_request_is_answered_and_timed(
        bool unix, bool spins, bool framed, int connections, int outstanding, int payload)
    {
        var wait = spins ? WaitMode.Spin : WaitMode.Block;
        await using var server = new FloorServer(Address(unix), Service.Echo, spins, framed);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, Shape(Traffic.Echo, connections, outstanding, payload, framed, wait));
        for (var round = 0; round < 2; round++)
        {
            var latency = new LatencyHistogram();
            var result = driver.Run(new Stretch(Short, 0, latency));
            Assert.True(result.Operations >= connections * outstanding);
            Assert.Equal(result.Operations, latency.Count);
            Assert.Equal(result.Operations * payload, result.Bytes);
        }
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(false, 1, false)]
    [InlineData(true, 1, true)]
    [InlineData(false, 3, false)]
    public async Task A_sink_counts_every_byte_of_bulk(bool unix, int connections, bool spins)
    {
        await using var server = new FloorServer(Address(unix), Service.Sink, spins, framed: false);
        using var driver = new FloorDriver();
        var wait = spins ? WaitMode.Spin : WaitMode.Block;
        driver.Connect(server.Address, Shape(Traffic.Bulk, connections, 1, 65536, framed: false, wait));
        for (var round = 0; round < 2; round++)
        {
            var result = driver.Run(new Stretch(Short, 0, new LatencyHistogram()));
            Assert.True(result.Operations > 0);
            Assert.Equal(result.Operations * 65536, result.Bytes);
        }
    }

    [Theory(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_operation_can_be_a_whole_connection(bool unix)
    {
        await using var server = new FloorServer(Address(unix), Service.Echo, spins: false, framed: false);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, Shape(Traffic.Connect, 4, 1, 32, framed: false, WaitMode.Block));
        var latency = new LatencyHistogram();
        var result = driver.Run(new Stretch(Short, 0, latency));
        Assert.True(result.Operations >= 4);
        Assert.Equal(result.Operations, latency.Count);
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task Idle_connections_are_held_and_their_end_is_noticed()
    {
        var server = new FloorServer(Address(false), Service.Echo, spins: false, framed: false);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, Shape(Traffic.Idle, 200, 1, 32, framed: false, WaitMode.Block));
        Assert.Equal(200, driver.Run(new Stretch(Short, 0, new LatencyHistogram())).Operations);
        await server.DisposeAsync();
        Assert.Throws<BenchException>(() => driver.Run(new Stretch(Short, 0, new LatencyHistogram())));
    }

    [Fact(Skip = "Linux only", SkipWhen = nameof(NotLinux))]
    public async Task A_stretch_allocates_nothing()
    {
        await using var server = new FloorServer(Address(false), Service.Echo, spins: false, framed: true);
        using var driver = new FloorDriver();
        driver.Connect(server.Address, Shape(Traffic.Echo, 4, 16, 32, framed: true, WaitMode.Block));
        var stretch = new Stretch(Short, 0, new LatencyHistogram());
        driver.Run(stretch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = driver.Run(stretch);
        var perOperation = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / result.Operations;
        Assert.True(perOperation < 1, $"{perOperation} bytes per operation");
    }

    internal static Uri Address(bool unix) => unix
        ? new Uri($"unix://{Path.Combine(Path.GetTempPath(), $"bench-{Guid.NewGuid():N}.sock")}")
        : new Uri("tcp://127.0.0.1:0");

    internal static LoadShape Shape(
        Traffic traffic, int connections, int outstanding, int payload, bool framed, WaitMode wait) => new(
            traffic, connections, outstanding, payload, framed ? FramedMessage.HeaderBytes : 0, wait, TimeSpan.Zero);
}
