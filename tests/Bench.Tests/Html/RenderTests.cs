using System.Text.Json;
using NetCore.Bench.Html;

namespace NetCore.Bench.Tests.Html;

/// <summary>The report in a browser, as somebody sees it.</summary>
public class RenderTests
{
    // Words whose colour stands out too little against what is behind them, by the formula of WCAG.
    private const string Contrast = """
        (() => {
          const parse = text => text.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => {
            const f = v => (v /= 255) <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
            return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
          };
          const behind = element => {
            for (; element; element = element.parentElement) {
              const colour = parse(getComputedStyle(element).backgroundColor);
              if (colour.length === 3 || colour[3] === 1) return colour;
            }
            return null;
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          let seen = 0;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            if (!node.data.trim() || element.closest("script, title") || !element.getClientRects().length) continue;
            const back = behind(element) ?? [0, 0, 0];
            const [a, b] = [light(parse(getComputedStyle(element).color)), light(back)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05);
            seen++;
            if (ratio < 4.5) found.push(`${ratio.toFixed(2)}: ${node.data.trim().slice(0, 40)}`);
          }
          return { seen, found };
        })()
        """;

    // Labels of an axis that lie on each other.
    private const string Overlaps = """
        (() => {
          const found = [];
          for (const axis of document.querySelectorAll(".plot, .axis .track")) {
            for (const [labels, start, end] of [["x", "left", "right"], ["y", "top", "bottom"]]) {
              const boxes = [...axis.querySelectorAll(labels === "x" ? ":scope > .x, :scope > small" : ":scope > .y")]
                .filter(one => one.getClientRects().length)
                .map(one => ({ text: one.textContent, box: one.getBoundingClientRect() }))
                .sort((a, b) => a.box[start] - b.box[start]);
              for (let i = 1; i < boxes.length; i++) {
                const [one, other] = [boxes[i - 1], boxes[i]];
                if (other.box[start] < one.box[end]) found.push(one.text + " and " + other.text);
              }
            }
          }
          return found;
        })()
        """;

    // Curves that have a length and a size on the screen.
    private const string Curves = """
        [...document.querySelectorAll("path.curve")].filter(path => {
          const box = path.getBoundingClientRect();
          return path.getTotalLength() > 100 && box.width > 100 && box.height > 10;
        }).length
        """;

    [Fact]
    public async Task A_report_is_drawn_readable_everywhere_and_reaches_nothing_outside()
    {
        Assert.SkipWhen(
            Chromium.File is null && Chromium.MayBeMissing,
            "There is no chromium: as root, ./build.sh --target=Test installs it (apt-get install chromium).");
        Assert.NotNull(Chromium.File);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        var file = Path.Combine(folder, "report.html");
        var report = SampleReport.Make();
        await File.WriteAllTextAsync(file, HtmlReport.Of(report), TestContext.Current.CancellationToken);
        await using var browser = await Browser.StartAsync(Chromium.File);
        await browser.ResizeAsync(1280, 900, mobile: false);
        await browser.OpenAsync(file);
        await browser.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
        foreach (var scheme in new[] { "light", "dark" })
        {
            await browser.UseSchemeAsync(scheme);
            await browser.ResizeAsync(1280, 900, mobile: false);
            var contrast = await browser.EvaluateAsync(Contrast);
            Assert.True(contrast.GetProperty("seen").GetInt32() > 300);
            Assert.Empty(contrast.GetProperty("found").EnumerateArray().Select(one => one.GetString()));
            Assert.Empty((await browser.EvaluateAsync(Overlaps)).EnumerateArray().Select(one => one.GetString()));
            await browser.SaveScreenshotAsync(Path.Combine(folder, $"{scheme}.png"));
            await browser.ResizeAsync(390, 844, mobile: true);
            var widths = await browser.EvaluateAsync("[document.documentElement.scrollWidth, innerWidth]");
            Assert.Equal(390, widths[1].GetInt32());
            Assert.True(widths[0].GetInt32() <= 390, $"{widths[0]} pixels wide");
            Assert.Empty((await browser.EvaluateAsync(Overlaps)).EnumerateArray().Select(one => one.GetString()));
            await browser.SaveScreenshotAsync(Path.Combine(folder, $"{scheme}-phone.png"));
        }

        var timed = report.Cells.Where(static cell => cell.Curve.Count > 0)
            .Select(static cell => (cell.Scenario, cell.Contestant)).Distinct().Count();
        Assert.True((await browser.EvaluateAsync(Curves)).GetInt32() >= timed, $"fewer than {timed} curves");
        AssertClean(browser, file);
    }

    [Fact]
    public async Task A_contestant_is_hidden_and_a_curve_is_read_off()
    {
        Assert.SkipWhen(Chromium.File is null && Chromium.MayBeMissing, "There is no chromium.");
        Assert.NotNull(Chromium.File);
        var file = Path.Combine(AppContext.BaseDirectory, $"report-{Guid.NewGuid():N}.html");
        var report = SampleReport.Make(extraContestant: SampleReport.Hostile);
        await File.WriteAllTextAsync(file, HtmlReport.Of(report), TestContext.Current.CancellationToken);
        await using var browser = await Browser.StartAsync(Chromium.File);
        await browser.ResizeAsync(1280, 900, mobile: false);
        await browser.OpenAsync(file);
        const string visible =
            "[...document.querySelectorAll('[data-c=grpc]')].filter(one => one.getClientRects().length).length";
        Assert.True((await browser.EvaluateAsync(visible)).GetInt32() > 3);
        await browser.EvaluateAsync("document.querySelector('[data-toggle=grpc]').click()");
        Assert.Equal(0, (await browser.EvaluateAsync(visible)).GetInt32());
        var read = await browser.EvaluateAsync("""
            (() => {
              const plot = document.querySelector("#s-ping-pong-32 .plot");
              const box = plot.getBoundingClientRect();
              plot.dispatchEvent(new PointerEvent("pointermove", { clientX: box.left + 2, clientY: box.top + 9 }));
              return plot.querySelector("output").innerText;
            })()
            """);
        Assert.Contains("p", read.GetString(), StringComparison.Ordinal);
        Assert.Contains("netcore-echo", read.GetString(), StringComparison.Ordinal);
        Assert.Contains("µs", read.GetString(), StringComparison.Ordinal);
        Assert.StartsWith("NetCore.Bench", (await browser.EvaluateAsync("document.title")).GetString());
        AssertClean(browser, file);
        File.Delete(file);
    }

    private static void AssertClean(Browser browser, string file)
    {
        string[] complaints = ["Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"];
        Assert.Empty(browser.Events.Where(one => complaints.Contains(one.Method))
            .Select(static one => one.Parameters.ToString()));
        var requests = browser.Events.Where(static one => one.Method == "Network.requestWillBeSent")
            .Select(static one => one.Parameters.GetProperty("request").GetProperty("url").GetString()).Distinct();
        Assert.Equal([new Uri(file).AbsoluteUri], requests);
    }
}
