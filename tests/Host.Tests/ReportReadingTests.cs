using System.Text;
using NUnit.Framework;
using PluginGan.Host.Reports;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>What a report takes from a run's folder, and what it leaves out.</summary>
public class ReportReadingTests
{
    // The beginning of a PNG file of 3×2 pixels: all that a report reads of one.
    private static readonly byte[] Image = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 3, 0, 0, 0, 2];

    private string folder = null!;

    [SetUp]
    public void CreateFolder()
    {
        folder = Directory.CreateTempSubdirectory("plugingan-report-").FullName;
        Write("recipe.json", """{ "name": "some" }""");
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Evaluations_come_from_their_files_and_where_there_is_none_from_the_history()
    {
        History(("scores", 10, """{ "fid": 9 }"""), ("scores", 20, """{ "fid": 5 }"""));
        Write("evaluations/0000020.json", """{ "iteration": 20, "samples": 500, "scores": [ { "metric": "fid", "higherIsBetter": false, "value": 5, "floor": 1, "low": 4.5, "high": "Infinity" } ], "extractors": [ { "name": "lenet", "sha256": "ab", "preparation": "none" } ] }""");

        var evaluations = Read().Evaluations;

        Assert.That(evaluations.Select(evaluation => evaluation.Iteration), Is.EqualTo(new long[] { 10, 20 }));
        Assert.That(evaluations[0].Scores.Single(), Is.EqualTo(new EvaluationFile.Score { Metric = "fid", Value = 9 }));
        Assert.That(evaluations[1].Scores.Single(), Is.EqualTo(new EvaluationFile.Score { Metric = "fid", Value = 5, Direction = MetricDirection.Lower, Floor = 1, Low = 4.5, High = double.PositiveInfinity }));
        Assert.That(evaluations[1].Extractors.Single().Sha256, Is.EqualTo("ab"));
    }

    [Test]
    public void Warnings_of_the_last_evaluation_stand_by_its_scores_and_older_files_have_none()
    {
        History(("scores", 10, """{ "fid": 9 }"""), ("scores", 20, """{ "fid": 5 }"""));
        string Evaluation(int iteration, string more) => $$"""{ "iteration": {{iteration}}, "scores": [ { "metric": "fid", "value": 5 } ]{{more}} }""";
        Write("evaluations/0000010.json", Evaluation(10, ""));
        Write("evaluations/0000020.json", Evaluation(20, """, "warnings": [ "fid on 9 samples is <unreliable>" ]"""));

        var content = Read();

        Assert.That(content.Evaluations.Select(evaluation => evaluation.Warnings.Count), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(ReportPage.Build(content), Does.Contain("Warning: fid on 9 samples is &lt;unreliable&gt;"));
    }

    [Test]
    public void The_head_shows_a_distance_with_its_floor_and_precision_beside_recall_and_says_what_is_suspicious()
    {
        History(("finished", 20, "{}"));
        Write("evaluations/0000020.json", """
            { "iteration": 20, "scores": [
              { "metric": "precision[lenet]", "direction": "higher", "value": 1, "floor": 0.9 }, { "metric": "recall[lenet]", "direction": "higher", "value": 0, "floor": 0.88 },
              { "metric": "density[lenet]", "direction": "nearReference", "value": 6.28, "floor": 1.02 }, { "metric": "ms-ssim", "direction": "nearReference", "reference": "ms-ssim-real", "value": 0.9 },
              { "metric": "ms-ssim-real", "direction": "none", "value": 0.2 }, { "metric": "fid[random-projection]", "direction": "lower", "value": 180, "floor": 2.3 } ],
              "extractors": [ { "name": "random-projection", "sha256": "ab" } ] }
            """);

        var page = ReportPage.Build(Read());

        var head = page[..page.IndexOf("<nav", StringComparison.Ordinal)];
        Assert.That(head, Does.Contain("<dt>fid</dt><dd>180<small>floor 2.3, coarse</small>").And.Contain("<dt>precision</dt><dd>1<small>floor 0.9</small></dd></div><div><dt>recall</dt><dd>0<small>floor 0.88</small>"));
        Assert.That(head, Does.Not.Contain("<dt>density").And.Not.Contain("<dt>ms-ssim"));
        Assert.That(head, Does.Contain("Suspicious: density is 6.28, far above 1.02 of real samples, while recall is 0."));
        Assert.That(page, Does.Contain("≈\u00A0near ms-ssim-real").Or.Contain("≈&#160;near ms-ssim-real"));
        Assert.That(page, Does.Contain("coarse: compares the values of samples"));
        Assert.That(page, Does.Contain("No rule of health fired. The rules watch how the training runs, not how good the samples are"));
    }

    [Test]
    public void A_head_without_a_score_that_judges_says_so_and_none_is_suspicious_of_good_ones()
    {
        History(("finished", 20, "{}"));
        Write("evaluations/0000020.json", """{ "iteration": 20, "scores": [ { "metric": "ms-ssim-scales", "direction": "none", "value": 2 } ] }""");
        Assert.That(ReportPage.Build(Read()), Does.Contain("<dd>–<small>none says how good the samples are</small>").Or.Contain("<dd>&#8211;<small>none says how good the samples are</small>"));

        Write("evaluations/0000020.json", """{ "iteration": 20, "scores": [ { "metric": "density", "direction": "nearReference", "value": 1.1, "floor": 1 }, { "metric": "recall", "direction": "higher", "value": 0.6 } ] }""");
        Assert.That(ReportPage.Build(Read()), Does.Not.Contain("Suspicious"));
    }

    [Test]
    public void What_the_run_has_taken_back_is_not_shown()
    {
        History(("snapshot", 10, "{}"), ("scores", 20, """{ "fid": 5 }"""), ("resumed", 10, "{}"));
        Write("samples/0000010.png", Image);
        Write("samples/0000020.png", Image);
        Write("evaluations/0000020.json", """{ "iteration": 20, "scores": [] }""");

        var content = Read();

        Assert.That(content.Sheets.Sheets.Select(sheet => sheet.Iteration), Is.EqualTo(new long[] { 10 }));
        Assert.That(content.Evaluations, Is.Empty);
    }

    [Test]
    public void Of_very_many_sheets_some_are_taken_evenly_and_the_last_always()
    {
        History(("finished", 1000, "{}"));
        for (var iteration = 1; iteration <= 1000; iteration++)
            Write($"samples/{iteration:D7}.png", Image);

        var sheets = Read().Sheets;

        Assert.That(sheets.Found, Is.EqualTo(1000));
        Assert.That(sheets.Sheets, Has.Count.EqualTo(60));
        Assert.That((sheets.Sheets[0].Iteration, sheets.Sheets[^1].Iteration), Is.EqualTo((1L, 1000L)));
        Assert.That(ReportPage.Build(Read()), Does.Contain("Of 1\u202F000 sheets this page holds 60").Or.Contain("Of 1&#8239;000 sheets this page holds 60"));
    }

    [Test]
    public void Of_large_sheets_fewer_are_taken()
    {
        History(("finished", 10, "{}"));
        for (var iteration = 1; iteration <= 10; iteration++)
            Write($"samples/{iteration:D7}.png", [.. Image, .. new byte[6 << 20]]);

        Assert.That(Read().Sheets.Sheets.Select(sheet => sheet.Iteration), Is.EqualTo(new long[] { 1, 5, 10 }));
    }

    [Test]
    public void A_long_text_is_shown_by_its_head()
    {
        History(("finished", 10, "{}"));
        Write("samples/0000010.csv", string.Join('\n', Enumerable.Range(1, 500)));

        var text = Read().Sheets.Sheets.Single().Text!;

        Assert.That(text.Text, Does.StartWith("1\n2\n").And.EndWith("40\n"));
        Assert.That(text.Whole, Is.False);
    }

    [Test]
    public void Points_of_a_plane_are_drawn_where_they_lie_and_others_are_text()
    {
        History(("finished", 30, "{}"));
        // As early versions wrote them: both in one file.
        Write("samples/0000010.csv", "-1,-1\n1,1\n\n0,0\nNaN,1\n100,0\n");
        Write("samples/0000020.csv", "-1,-1,-1\n\n0,0,0\n");
        Write("samples/0000030.csv", "-1,-1\n1,1\n\n1,-1\n");

        var content = Read();

        Assert.That(content.Sheets.Sheets.Select(sheet => sheet.Points?.Generated.Count), Is.EqualTo(new int?[] { 2, null, 1 }));
        // The real points reach from 1/6 to 5/6 of the drawing, which is 600 wide; y grows upwards.
        Assert.That(ReportPage.Build(content), Does.Contain("""<circle class="generated" cx="300" cy="300" r="4"/></svg>""").And.Contain("""<circle class="generated" cx="500" cy="500" r="4"/></svg>""").And.Contain("-1,-1,-1\n\n0,0,0"));
    }

    [Test]
    public void An_exploration_shows_files_of_its_own_folder_only()
    {
        History(("finished", 10, "{}"));
        Write("secret.png", Image);
        Write("explore/strip.png", Image);
        Write("explore/words.png", "no image");
        Write("explore/explore.json", """
            { "iteration": 10, "time": "2026-11-25T16:00:00+00:00", "pictures": [
              { "file": "strip.png", "title": "Strip", "text": "What it shows." }, { "file": "../secret.png", "title": "Secret", "text": "" },
              { "file": "words.png", "title": "Words", "text": "" }, { "file": "gone.png", "title": "Gone", "text": "" } ] }
            """);

        var content = Read();

        Assert.That(content.Exploration.Pictures.Select(picture => (picture.Title, picture.Text, picture.Width, picture.Height)), Is.EqualTo(new[] { ("Strip", "What it shows.", 3, 2) }));
        Assert.That(content.Notes, Has.Exactly(1).Contains("explore/../secret.png is no file of that folder").And.Exactly(1).Contains("explore/words.png is no PNG").And.Exactly(1).Contains("explore/gone.png"));
        Assert.That(ReportPage.Build(content), Does.Contain("alt=\"Strip. What it shows.\"").And.Contain("explore/words.png is no PNG"));
    }

    [Test]
    public void Pictures_of_evaluators_are_those_of_the_last_evaluation_that_has_any()
    {
        History(("scores", 10, """{ "fid": 9 }"""), ("scores", 20, """{ "fid": 5 }"""), ("scores", 30, """{ "fid": 5 }"""));
        Write("evaluations/0000010-neighbours.png", Image);
        Write("evaluations/0000020-neighbours.png", Image);
        Write("evaluations/0000020-modes.png", Image);

        Assert.That(Read().EvaluatorPictures.Select(picture => (picture.Title, picture.Text)), Is.EqualTo(new[] { ("modes", "After iteration 20."), ("neighbours", "After iteration 20.") }));
    }

    [TestCase("evaluations/0000010.json", "{ \"iteration\": 10")]
    [TestCase("evaluations/0000010.json", "{ \"iteration\": 10 }")]
    [TestCase("explore/explore.json", "[]")]
    [TestCase("samples/0000010.png", "no image")]
    [TestCase("manifest.json", "null")]
    public void A_file_that_cannot_be_read_is_named_and_costs_no_more_than_itself(string file, string content)
    {
        History(("scores", 10, """{ "fid": 9 }"""));
        Write(file, content);

        var read = Read();

        Assert.That(read.Notes, Has.Some.Contains(file));
        Assert.That(read.Evaluations.Single().Scores.Single().Value, Is.EqualTo(9));
    }

    [Test]
    public void Files_of_the_run_are_named_by_their_hashes()
    {
        History(("finished", 10, "{}"));
        Write("generator.safetensors", "abc");

        // The SHA-256 of "abc" as FIPS 180-2 gives it.
        Assert.That(Read().Files, Does.Contain(new FileStamp("generator.safetensors", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    }

    [Test]
    public void A_run_whose_process_has_died_is_stopped_and_the_head_says_since_when_and_how_to_go_on()
    {
        History(("started", 0, "{}"), ("scores", 20, """{ "fid": 5 }"""));

        Assert.That(ReportPage.Build(Read()), Does.Contain("""<span class="status stopped">""")
            .And.Match(@"ended without finishing[^<]*2026-11-25 16:00:00[^<]*<code>plugingan train --resume plugingan-report-"));
    }

    [Test]
    public void Links_out_of_the_folder_are_not_followed_and_named()
    {
        var outside = Directory.CreateTempSubdirectory("plugingan-outside-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(outside, "0000010.png"), Image);
            File.WriteAllText(Path.Combine(outside, "0000010.csv"), "the password");
            File.WriteAllText(Path.Combine(outside, "0000010.json"), """{ "iteration": 10, "scores": [ { "metric": "secret", "value": 1 } ] }""");
            History(("finished", 20, "{}"));
            Write("samples/0000020.png", Image);
            Write("explore/strip.png", Image);
            Write("explore/explore.json", """{ "iteration": 10, "pictures": [ { "file": "linked.png", "title": "Linked", "text": "" }, { "file": "strip.png", "title": "Strip", "text": "" } ] }""");
            Link("samples/0000010.csv", Path.Combine(outside, "0000010.csv"));
            // By way of the folder itself, and of a second link.
            Link("samples/0000019.png", Path.Combine(folder, "samples", "0000020.png"));
            Link("samples/hop", outside);
            Link("samples/0000015.png", "hop/0000010.png");
            Link("explore/linked.png", Path.Combine("..", "..", Path.GetFileName(outside), "0000010.png"));
            Link("evaluations", outside);
            Link("manifest.json", Path.Combine(outside, "0000010.json"));
            Link("generator.safetensors", Path.Combine(outside, "0000010.csv"));

            var content = Read();

            Assert.That(content.Sheets.Sheets.Select(sheet => sheet.Iteration), Is.EqualTo(new long[] { 19, 20 }), "a link that stays within the folder is followed");
            Assert.That(content.Exploration.Pictures.Select(picture => picture.Title), Is.EqualTo(new[] { "Strip" }));
            Assert.That((content.Evaluations, content.EvaluatorPictures), Is.EqualTo((Array.Empty<EvaluationFile>(), Array.Empty<Picture>())));
            Assert.That(content.Files.Select(file => file.Name), Has.None.EqualTo("generator.safetensors"));
            foreach (var name in (string[])["samples/0000010.csv", "samples/0000015.png", "explore/linked.png", "evaluations/0000010.json", "manifest.json", "generator.safetensors"])
                Assert.That(content.Notes.Where(note => note.Contains(name, StringComparison.Ordinal)), Has.Exactly(1).Contains("link out of the run's folder"), name);
            Assert.That(ReportPage.Build(content), Does.Not.Contain("the password"));
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [TestCase("events.jsonl")]
    [TestCase("recipe.json")]
    public void A_history_or_recipe_that_is_a_link_out_of_the_folder_is_refused(string name)
    {
        var outside = Path.GetTempFileName();
        try
        {
            File.WriteAllText(outside, "{}");
            History(("finished", 20, "{}"));
            File.Delete(Path.Combine(folder, name));
            Link(name, outside);

            Assert.That(Read, Throws.TypeOf<IOException>().With.Message.Contains(name).And.Message.Contains("link out of"));
        }
        finally
        {
            File.Delete(outside);
        }
    }

    [Test]
    public void A_run_that_is_itself_reached_by_a_link_is_read_and_links_that_lead_to_each_other_are_not()
    {
        History(("finished", 20, "{}"));
        Write("samples/0000020.png", Image);
        Link("samples/0000010.png", "0000011.png");
        Link("samples/0000011.png", "0000010.png");
        var link = $"{folder}-link";
        Directory.CreateSymbolicLink(link, folder);
        try
        {
            Assert.That(ReportReading.Read(RunDirectory.Open("", link), TimeProvider.System).Sheets.Sheets.Select(sheet => sheet.Iteration), Is.EqualTo(new long[] { 20 }));
        }
        finally
        {
            File.Delete(link);
        }
    }

    private void Link(string name, string target)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.CreateSymbolicLink(path, target);
    }

    private ReportContent Read() => ReportReading.Read(RunDirectory.Open("", folder), TimeProvider.System);

    private void History(params (string Kind, int Iteration, string Values)[] events) => Write("events.jsonl", string.Concat(events.Select(happened =>
        $$"""{"kind":"{{happened.Kind}}","time":"2026-11-25T16:00:00+00:00","iteration":{{happened.Iteration}},"values":{{happened.Values}},"text":""}""" + "\n")));

    private void Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    private void Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}
