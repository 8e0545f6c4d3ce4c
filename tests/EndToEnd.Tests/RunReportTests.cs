using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The report of a run as a person sees it: in a browser.</summary>
[NonParallelizable]
public class RunReportTests
{
    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k", "subset": 100 },
          "architecture": { "name": "dcgan", "width": 8 },
          "loss": "hinge",
          "training": { "iterations": 30, "batch": 8, "logEvery": 2, "snapshotEvery": 10, "checkpointEvery": 10, "evaluateEvery": 10 },
          "evaluation": { "samples": 60 },
          "evaluators": [ "class-coverage" ]
        }
        """;

    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";

    [Test]
    public void A_training_ends_with_a_page_that_draws_everything_and_asks_the_network_for_nothing()
    {
        using var product = new Product();
        product.File("recipe.json", Images);
        var outcome = product.Run("train", "recipe.json", "--json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var page = JsonDocument.Parse(outcome.Output).RootElement.GetProperty("report").GetString()!;

        using var browser = Browser.Open(page);

        Assert.That(browser.Value<int>("document.querySelectorAll('canvas').length"), Is.EqualTo(browser.Value<int>("document.querySelectorAll('[data-chart]').length")).And.GreaterThan(6));
        browser.Until("[...document.querySelectorAll('canvas')].every(canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0))");
        Assert.That(browser.Value<string>("document.querySelector('.slider input').max"), Is.EqualTo("2"), "samples after 10, 20 and 30 iterations");
        Assert.That(browser.Value<int>("[...document.images].filter(image => image.complete && image.naturalWidth > 0 && image.alt).length"), Is.EqualTo(3));
        Assert.That(browser.Value<string>("document.querySelector('#recipe-text').textContent"), Does.Contain("\"fashion-mnist-10k\""));
        Assert.That(browser.Value<string>("document.querySelector('#provenance').textContent"), Does.Contain("trainedAlgorithmicMedia").And.Contain("generator.safetensors").And.Contain("PluginGan.DcGan"));
        Assert.That(browser.Screenshot(), Has.Length.GreaterThan(20_000));
        Quiet(browser, page);
    }

    [Test]
    public void Sheets_and_curves_answer_to_mouse_and_keys()
    {
        using var product = new Product();
        product.File("recipe.json", Images);
        product.Run("train", "recipe.json");
        var page = Path.Combine(product.OnlyRun(), "report.html");
        using var browser = Browser.Open(page);
        const string Shown = "[...document.querySelectorAll('.sheet')].filter(sheet => !sheet.hidden).map(sheet => sheet.querySelector('figcaption').textContent).join()";
        Assert.That(browser.Value<string>(Shown), Is.EqualTo("Iteration 30"));

        browser.Value<bool>("(document.querySelector('.slider input').focus(), true)");
        browser.Press("ArrowLeft");
        browser.Until($"{Shown} === 'Iteration 20'");
        Assert.That(browser.Value<string>("document.querySelector('.slider input').getAttribute('aria-valuetext')"), Is.EqualTo("Iteration 20"));

        // From a quarter to three quarters of a chart: all charts then show that half.
        var box = browser.Value<double[]>("(() => { const over = document.querySelector('#curves .u-over'); over.scrollIntoView({ block: 'center', behavior: 'instant' }); const box = over.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]; })()");
        var (left, right, y) = (box[0] + (box[2] / 4), box[0] + (box[2] * 3 / 4), box[1] + (box[3] / 2));
        browser.Mouse("mouseMoved", left, y);
        browser.Mouse("mousePressed", left, y);
        browser.Mouse("mouseMoved", right, y);
        browser.Mouse("mouseReleased", right, y);
        browser.Until("document.documentElement.dataset.view !== undefined");
        var view = browser.Value<string>("document.documentElement.dataset.view").Split('-').Select(bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToArray();
        Assert.That(view, Is.EqualTo(new[] { 8, 22 }).Within(1));
        browser.Mouse("mousePressed", left, y);
        browser.Mouse("mouseReleased", left, y);
        browser.Mouse("mousePressed", left, y, clicks: 2);
        browser.Mouse("mouseReleased", left, y, clicks: 2);
        browser.Until("document.documentElement.dataset.view === '0-30'");

        browser.Click("[data-view=in]");
        browser.Until("document.documentElement.dataset.view === '8-23'");
        browser.Click("#curves .scale");
        browser.Click("#curves .entry");
        Assert.That(browser.Value<string>("document.querySelector('#curves .scale').getAttribute('aria-pressed') + document.querySelector('#curves .entry').getAttribute('aria-pressed')"), Is.EqualTo("truefalse"));
        Quiet(browser, page);
    }

    [TestCase("dark", 1280)]
    [TestCase("light", 390)]
    public void A_phone_and_a_dark_room_are_no_hindrance(string scheme, int width)
    {
        using var product = new Product();
        product.File("recipe.json", Images.Replace("\"iterations\": 30", "\"iterations\": 4", StringComparison.Ordinal));
        product.Run("train", "recipe.json");
        var page = Path.Combine(product.OnlyRun(), "report.html");

        using var browser = Browser.Open(page, width, scheme: scheme);

        Assert.That(browser.Value<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width), "nothing stands out to the side");
        Assert.That(browser.Value<string>("getComputedStyle(document.body).backgroundColor"), Is.EqualTo(scheme == "dark" ? "rgb(20, 23, 27)" : "rgb(251, 250, 248)"));
        Quiet(browser, page);
    }

    [Test]
    public void Whatever_is_called_like_a_script_is_text()
    {
        using var product = new Product();
        var run = Run(product, "run<script>alert(3)<i>", $$"""{ "name": {{Quote(Hostile)}}, "training": { "iterations": 10 } }""",
            Event("started", 0), Event("scalars", 5, $$"""{ {{Quote(Hostile + "/loss")}}: 1.5 }"""), Event("scalars", 10, $$"""{ {{Quote(Hostile + "/loss")}}: 2.5 }"""),
            Event("scores", 10, $$"""{ {{Quote(Hostile)}}: 2 }"""), Event("warning", 10, "{}", Hostile), Event("failed", 10, "{}", Hostile));
        product.File($"{run}/samples/0000010.txt", Hostile);
        product.File($"{run}/evaluations/0000010.json", $$"""{ "iteration": 10, "scores": [ { "metric": {{Quote(Hostile)}}, "summary": {{Quote(Hostile)}}, "value": "NaN" } ], "floorOf": {{Quote(Hostile)}} }""");
        var outcome = product.Run("report", run, "--out", "out/page.html");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var page = Path.Combine(product.Folder, "out", "page.html");

        using var browser = Browser.Open(page);

        Assert.That(browser.Value<string>("document.querySelector('h1').textContent"), Does.Contain(Hostile));
        Assert.That(browser.Value<string>("document.title"), Is.EqualTo("run<script>alert(3)<i>"));
        Assert.That(browser.Value<string>("document.querySelector('#curves .entry span').textContent"), Is.EqualTo(Hostile + "/loss"));
        Assert.That(browser.Value<string>("document.querySelector('.sheet pre').textContent"), Does.Contain(Hostile));
        Assert.That(browser.Value<string>("document.querySelector('.timeline').textContent"), Does.Contain(Hostile));
        Assert.That(browser.Value<int>("document.scripts.length"), Is.EqualTo(2));
        Assert.That(browser.Value<int>("document.images.length"), Is.Zero);
        Quiet(browser, page);
    }

    [Test]
    public void The_page_lets_nothing_in_that_is_not_its_own()
    {
        using var product = new Product();
        var run = Run(product, "plain", "{}", Event("started", 0));
        product.Run("report", run);
        var page = Path.Combine(product.Folder, run, "report.html");
        File.WriteAllText(page, File.ReadAllText(page).Replace("<main>", "<main><script>document.title = 'taken'</script><img id=\"spy\" src=\"http://127.0.0.1:9/\">", StringComparison.Ordinal));

        using var browser = Browser.Open(page);

        Assert.That(browser.Value<string>("document.title"), Is.EqualTo("plain"));
        Assert.That(browser.Complaints, Has.Some.Contains("Content Security Policy"));
        Assert.That(browser.Value<int>("document.getElementById('spy').naturalWidth"), Is.Zero);
    }

    [Test]
    public void Values_that_are_not_finite_leave_gaps_and_are_named()
    {
        using var product = new Product();
        var run = Run(product, "broken", """{ "name": "broken" }""", Event("started", 0),
            Event("scalars", 1, """{ "d/loss": 1, "g/loss": "NaN" }"""), Event("scalars", 2, """{ "d/loss": "NaN", "g/loss": "NaN" }"""), Event("scalars", 3, """{ "d/loss": "-Infinity", "g/loss": "NaN" }"""),
            Event("scores", 3, """{ "fid": "NaN" }"""));
        product.Run("report", run);
        var page = Path.Combine(product.Folder, run, "report.html");

        using var browser = Browser.Open(page);

        Assert.That(browser.Value<string[]>("[...document.querySelectorAll('#curves .entry b')].map(output => output.textContent)"), Is.EqualTo(new[] { "-Infinity", "NaN" }));
        Assert.That(browser.Value<string>("document.querySelector('#scores').textContent"), Does.Contain("NaN"));
        browser.Click("#curves .scale");
        Quiet(browser, page);
    }

    [Test]
    public void A_run_that_has_only_begun_has_a_page()
    {
        using var product = new Product();
        var run = Run(product, "young", "{ this is no JSON", Event("started", 0));

        var outcome = product.Run("report", run, "--json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var answer = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.That(answer.GetProperty("notes")[0].GetString(), Does.Contain("manifest.json"));
        var page = answer.GetProperty("file").GetString()!;
        using var browser = Browser.Open(page);
        Assert.That(browser.Value<string>("document.body.textContent"), Does.Contain("stopped").And.Contain("no samples yet").And.Contain("not been evaluated").And.Contain("No scalars").And.Contain("{ this is no JSON"));
        Quiet(browser, page);
    }

    [Test]
    public void A_run_that_health_stops_has_a_report_that_says_why()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"iterations\": 40", "\"iterations\": 200, \"optimizers\": { \"discriminator\": { \"rate\": 0 } }, \"health\": { \"stall\": \"stop\" }"));

        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.EqualTo(3), outcome.ToString());
        var page = Path.Combine(product.OnlyRun(), "report.html");
        using var browser = Browser.Open(page);
        Assert.That(browser.Value<string>("document.querySelector('.status').textContent"), Is.EqualTo("failed"));
        Assert.That(browser.Value<string>("document.querySelector('.ending').textContent"), Does.Contain("stopped at iteration 100 by stall"));
        Assert.That(browser.Value<string>("document.querySelector('.remedy').textContent"), Does.Contain("training.optimizers.discriminator.rate"));
        Assert.That(browser.Value<int>("document.querySelectorAll('.sheet:not([hidden]) circle.real').length"), Is.GreaterThan(10), "points are drawn as such");
        Quiet(browser, page);
    }

    [Test]
    public void A_report_that_cannot_be_written_costs_a_warning()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny);
        product.Run("train", "recipe.json");
        var report = Path.Combine(product.OnlyRun(), "report.html");
        File.Delete(report);
        Directory.CreateDirectory(report);

        var outcome = product.Run("train", "--resume", "tiny");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("the report could not be written").And.Contain("plugingan report"));
    }

    [Test]
    public void A_folder_is_no_file_to_write_to_and_an_unknown_run_has_no_report()
    {
        using var product = new Product();
        var run = Run(product, "plain", "{}", Event("started", 0));

        var folder = product.Run("report", run, "--out", ".");
        var unknown = product.Run("report", "nowhere");

        Assert.That((folder.ExitCode, unknown.ExitCode), Is.EqualTo((2, 2)), $"{folder}\n{unknown}");
        Assert.That(folder.Errors, Does.Contain("--out").And.Contain("is a folder"));
        Assert.That(unknown.Errors, Does.Contain("there is no run 'nowhere'"));
    }

    [Test]
    public void A_long_history_makes_a_small_page_that_keeps_its_spikes()
    {
        using var product = new Product();
        var scalars = Enumerable.Range(1, 100_000).Select(iteration => Event("scalars", iteration, string.Create(CultureInfo.InvariantCulture,
            $$"""{ "d/loss": {{(iteration == 54_321 ? 987.25 : Math.Sin(iteration))}}, "g/loss": {{Math.Cos(iteration)}} }""")));
        var run = Run(product, "long", """{ "name": "long" }""", [Event("started", 0), .. scalars]);

        var outcome = product.Run("report", run);

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var page = Path.Combine(product.Folder, run, "report.html");
        Assert.That(new FileInfo(page).Length, Is.LessThan(250_000));
        using var browser = Browser.Open(page);
        Assert.That(browser.Value<double>("Math.max(...JSON.parse(document.getElementById('data').textContent).charts[0].lines[0].values)"), Is.EqualTo(987.25));
        Quiet(browser, page);
    }

    private static void Quiet(Browser browser, string page) => Assert.Multiple(() =>
    {
        Assert.That(browser.Complaints, Is.Empty);
        Assert.That(browser.Requests, Is.EqualTo(new[] { new Uri(page).AbsoluteUri }), "only the page itself is asked for");
    });

    // A run's folder as it may be found, without a training.
    private static string Run(Product product, string name, string recipe, params IEnumerable<string> events)
    {
        product.File($"{name}/recipe.json", recipe);
        product.File($"{name}/events.jsonl", string.Join('\n', events) + "\n");
        return name;
    }

    private static string Event(string kind, int iteration, string values = "{}", string text = "") =>
        $$"""{"kind":"{{kind}}","time":"2026-11-25T16:00:00+00:00","iteration":{{iteration}},"values":{{values}},"text":{{Quote(text)}}}""";

    private static string Quote(string text) => JsonSerializer.Serialize(text);
}
