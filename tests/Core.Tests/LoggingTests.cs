using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NetCore.Testing.Shared;

namespace NetCore.Core.Tests;

public class LoggingTests
{
    private const int Limit = CoreLimits.LoggedPerSecond;

    [Fact]
    public void A_logger_that_throws_is_not_felt()
    {
        using var world = new TestWorld(loggers: new ThrowingLoggers());
        var logger = world.World.LoggerFactory.CreateLogger("a");

        Write(logger, 1, LogLevel.Error);
        Assert.False(logger.IsEnabled(LogLevel.Error));
        Assert.Null(logger.BeginScope("scope"));
    }

    [Fact]
    public void A_factory_that_throws_gives_a_logger_that_says_nothing()
    {
        using var world = new TestWorld(loggers: new ThrowingLoggers { InCreate = true });
        Write(world.World.LoggerFactory.CreateLogger("a"), 1, LogLevel.Error);
    }

    [Fact]
    public void A_world_without_logging_wraps_nothing()
    {
        using var world = new TestWorld();
        Assert.Same(NullLoggerFactory.Instance, world.World.LoggerFactory);
    }

    [Theory]
    [InlineData(LogLevel.Warning)]
    [InlineData(LogLevel.Error)]
    public void Messages_above_the_rate_are_left_out_and_counted(LogLevel level)
    {
        var log = new LogCapture();
        using var world = new TestWorld(loggers: log);
        for (var i = 0; i < Limit + 1000; i++)
        {
            // Each connection has a logger of its own: they share what the world may write.
            Write(world.World.LoggerFactory.CreateLogger("a"), 7, level);
        }

        Assert.Equal(Limit, log.Lines.Count(line => line.Id == 7));
        Assert.Single(log.Lines, line => line.Id == 101);

        world.Advance(TimeSpan.FromMilliseconds(999));
        Write(world.World.LoggerFactory.CreateLogger("a"), 7, level);
        Assert.Equal(Limit, log.Lines.Count(line => line.Id == 7));

        world.Advance(TimeSpan.FromMilliseconds(1));
        Write(world.World.LoggerFactory.CreateLogger("a"), 7, level);
        Assert.Equal(Limit + 1, log.Lines.Count(line => line.Id == 7));
        Assert.Contains("1001 messages", Assert.Single(log.Lines, line => line.Id == 100).Text);
    }

    [Fact]
    public void A_kind_that_floods_hides_no_other_kind_and_nothing_below_a_warning_is_left_out()
    {
        var log = new LogCapture();
        using var world = new TestWorld(loggers: log);
        var logger = world.World.LoggerFactory.CreateLogger("a");
        for (var i = 0; i < 100; i++)
        {
            Write(logger, 7, LogLevel.Error);
            Write(logger, 9, LogLevel.Information);
        }

        Write(logger, 8, LogLevel.Error);
        Assert.Single(log.Lines, line => line.Id == 8);
        Assert.Equal(100, log.Lines.Count(line => line.Id == 9));
    }

    private static void Write(ILogger logger, int id, LogLevel level) =>
        logger.Log(level, new EventId(id), "text", null, static (text, _) => text);
}
