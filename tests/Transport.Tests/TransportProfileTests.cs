using Microsoft.Extensions.Logging;
using NetCore.Core;
using NetCore.Testing.Shared;
using NetCore.Transport.Internal;

namespace NetCore.Transport.Tests;

/// <summary>The engine that a file advises, which was measured.</summary>
public sealed class TransportProfileTests : IDisposable
{
    private const string Kernel = "6.18.1";

    private const string Overrides = "NETCORE_TRANSPORT=auto overrides sockets of the options";

    private const string Good = """
        { "schema": 1, "at": "2026-05-04T10:11:12+00:00", "kernel": "6.18.1", "cores": 2,
          "choice": { "engine": "uring", "measuredEngine": "io_uring", "wait": "block" } }
        """;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("uring", TransportEngine.Uring)]
    [InlineData("epoll", TransportEngine.Epoll)]
    [InlineData("sockets", TransportEngine.Sockets)]
    public void A_profile_names_an_engine_and_where_it_was_measured(string word, TransportEngine engine)
    {
        var profile = Read(Good.Replace("\"uring\"", $"\"{word}\"", StringComparison.Ordinal));
        Assert.Equal((engine, "2026-05-04 on kernel 6.18.1"), (profile.Engine, profile.Origin));
    }

    [Fact]
    public void What_a_profile_does_not_need_may_be_missing() => Assert.Equal(
        "at an unknown time on kernel unknown",
        Read("""{ "schema": 1, "choice": { "engine": "epoll" } }""").Origin);

    [Theory]
    [InlineData("", "profile")]
    [InlineData("[1]", "no \"schema\": 1")]
    [InlineData("""{ "schema": 2, "choice": { "engine": "epoll" } }""", "no \"schema\": 1")]
    [InlineData("""{ "schema": "1", "choice": { "engine": "epoll" } }""", "no \"schema\": 1")]
    [InlineData("""{ "schema": 1, "choice": "epoll" }""", "no \"choice\"")]
    [InlineData("""{ "schema": 1, "choice": { "engine": 7 } }""", "no \"choice\"")]
    [InlineData("""{ "schema": 1, "choice": { "engine": "auto" } }""", "the engine 'auto', which is none of")]
    public void A_file_that_is_no_profile_is_an_error_that_names_it_and_the_reason(string text, string reason)
    {
        var error = Assert.Throws<TransportException>(() => Read(text));
        Assert.Equal(TransportError.EngineNotAvailable, error.Error);
        Assert.Contains($"NETCORE_TRANSPORT_PROFILE={_file}", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_or_much_too_long_is_an_error_too()
    {
        Assert.Contains("65536", Assert.Throws<TransportException>(() => Read(Good + new string(' ', 70_000))).Message,
            StringComparison.Ordinal);
        File.Delete(_file);
        Assert.Equal(
            $"NETCORE_TRANSPORT_PROFILE={_file} cannot be read: there is no file '{_file}'. Make it with "
                + "'bench doctor --save FILE' (docs/performance.md in a clone), or unset the variable.",
            Assert.Throws<TransportException>(() => TransportProfile.Read(_file, Kernel)).Message);
        Assert.Contains("cannot be read: it is a folder. Make",
            Assert.Throws<TransportException>(() => TransportProfile.Read(Path.GetTempPath(), Kernel)).Message,
            StringComparison.Ordinal);
        Assert.Contains("cannot be read: ",
            Assert.Throws<TransportException>(() => TransportProfile.Read("/proc/self/mem", Kernel)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_a_profile_says_each_thing_once()
    {
        Assert.Equal(
            $"NETCORE_TRANSPORT_PROFILE={_file} is no profile of 'bench doctor --save': it has no \"schema\": 1. Make "
                + "a new one with 'bench doctor --save FILE' (docs/performance.md in a clone), or unset the variable.",
            Assert.Throws<TransportException>(() => Read("[]")).Message);
        var error = Assert.Throws<TransportException>(() => Read("root:x:0:0"));
        Assert.Contains("it is no JSON: 'r' is", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("..", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6.18.1", "2026-05-04 on kernel 6.18.1")]
    [InlineData("6.19.0", "2026-05-04 on kernel 6.18.1 (this is 6.19.0)")]
    [InlineData(null, "2026-05-04 on kernel 6.18.1")]
    public void A_profile_of_another_kernel_says_so(string? kernel, string origin)
    {
        File.WriteAllText(_file, Good);
        Assert.Equal(origin, TransportProfile.Read(_file, kernel).Origin);
    }

    [Theory]
    [InlineData(TransportEngine.Auto, null, TransportEngine.Uring, "measured 2026-05-04 on kernel 6.18.1")]
    [InlineData(TransportEngine.Auto, "auto", TransportEngine.Uring, "NETCORE_TRANSPORT_PROFILE=")]
    [InlineData(TransportEngine.Auto, "epoll", TransportEngine.Epoll, "NETCORE_TRANSPORT=epoll")]
    [InlineData(TransportEngine.Epoll, null, TransportEngine.Epoll, "options")]
    public void A_profile_advises_who_asks_for_nothing(
        TransportEngine asked, string? variable, TransportEngine expected, string reason)
    {
        var choice = EngineChoice.Make(asked, variable, () => Read(Good), static _ => new ProbeAnswer(null));
        Assert.Equal(expected, choice.Engine);
        Assert.Contains(reason, choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_advice_that_cannot_be_had_is_no_error_and_the_reason_tells()
    {
        var choice = EngineChoice.Make(TransportEngine.Auto, null, () => Read(Good), static engine =>
            new ProbeAnswer(engine == TransportEngine.Uring ? "a filter refuses it" : null));
        Assert.Equal(TransportEngine.Epoll, choice.Engine);
        Assert.Contains("epoll has passed its self-test; uring, advised by", choice.Reason, StringComparison.Ordinal);
        Assert.Contains("cannot run here: a filter refuses it", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, TransportEngine.Uring, $"; {Overrides}")]
    [InlineData(false, TransportEngine.Epoll, $"cannot run here: no such call; {Overrides}")]
    public void A_profile_that_goes_before_the_options_says_so(bool works, TransportEngine expected, string end)
    {
        var answer = new ProbeAnswer(works ? null : "no such call");
        var choice = EngineChoice.Make(TransportEngine.Sockets, "auto", () => Read(Good), engine =>
            engine == TransportEngine.Uring ? answer : new ProbeAnswer(null));
        Assert.Equal((expected, !works), (choice.Engine, choice.IsSecondBest));
        Assert.EndsWith(end, choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, LogLevel.Information)]
    [InlineData(false, LogLevel.Warning)]
    public void A_profile_that_cannot_be_followed_is_a_warning_in_the_log(bool works, LogLevel level)
    {
        var log = new LogCapture();
        using var world = new World(new WorldOptions { LoggerFactory = log });
        var answer = new ProbeAnswer(works ? null : "no such call");
        var profile = Read(Good.Replace("\"uring\"", "\"epoll\"", StringComparison.Ordinal));
        WorldTransports.Of(world).Get(
            new TransportOptions { Reactors = 1 },
            EngineChoice.Make(TransportEngine.Auto, null, () => profile, _ => answer));
        Assert.Equal((12, level), (Assert.Single(log.Lines).Id, log.Lines[0].Level));
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("sockets")]
    public async Task A_process_runs_on_the_engine_of_its_profile(string engine)
    {
        File.WriteAllText(_file, Good.Replace("\"uring\"", $"\"{engine}\"", StringComparison.Ordinal));
        using var process = await PeerProcess.StartAsync("default", profile: _file);
        Assert.Equal(engine, (await process.AskAsync()).Backend);
    }

    [Fact]
    public async Task A_process_with_a_broken_profile_ends_with_the_error()
    {
        var error = await PeerProcess.FailAsync("default", forced: null, profile: _file);
        Assert.Contains("is no profile of 'bench doctor --save'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TransportEngine.Epoll, null)]
    [InlineData(TransportEngine.Sockets, "auto")]
    [InlineData(TransportEngine.Auto, "sockets")]
    public void A_profile_is_read_only_where_it_decides(TransportEngine asked, string? variable)
    {
        var reads = 0;
        EngineChoice.Make(
            asked,
            variable,
            () =>
            {
                reads++;
                return null;
            },
            static _ => new ProbeAnswer(null));
        Assert.Equal(variable == "auto" ? 1 : 0, reads);
    }

    [Fact]
    public async Task A_process_that_names_its_engine_does_not_read_a_broken_profile()
    {
        using var process = await PeerProcess.StartAsync("default", forced: "epoll", profile: _file);
        Assert.Equal("epoll", (await process.AskAsync()).Backend);
    }

    private TransportProfile Read(string text)
    {
        File.WriteAllText(_file, text);
        return TransportProfile.Read(_file, Kernel);
    }
}
