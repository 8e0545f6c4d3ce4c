using System.Text.Json;
using NUnit.Framework;
using PluginGan.Core;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>What a run keeps of each of its evaluations.</summary>
public class EvaluationRecordTests
{
    private const string Training = "\"iterations\": 20, \"logEvery\": 0, \"snapshotEvery\": 0, \"checkpointEvery\": 0, \"evaluateEvery\": 10";

    [Test]
    public void Every_evaluation_of_a_run_is_written_with_what_was_shown()
    {
        using var folder = new TemporaryFolder();
        using var showing = new Measuring("infinite", context =>
        {
            context.Show("nearest", ones(2, 2), 2);
            return double.PositiveInfinity;
        });
        using var refusing = new Measuring("refuses", _ => throw new ComponentException("not today"));
        using var run = new WatchedRun(folder.Path, Training, evaluators: [showing, refusing]).Run();

        var evaluations = Path.Combine(run.Directory.Path, "evaluations");
        string[] files = ["0000010-nearest.txt", "0000010.json", "0000020-nearest.txt", "0000020.json"];
        Assert.That(Directory.GetFiles(evaluations).Select(Path.GetFileName), Is.SupersetOf(files));
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(evaluations, "0000020.json"))).RootElement;
        Assert.That(record.GetProperty("iteration").GetInt64(), Is.EqualTo(20));
        Assert.That(record.GetProperty("samples").GetInt32(), Is.EqualTo(100));
        Assert.That(record.GetProperty("scores")[0].GetProperty("value").GetString(), Is.EqualTo("Infinity"));
        Assert.That(record.GetProperty("scores")[0].GetProperty("direction").GetString(), Is.EqualTo("lower"));
        Assert.That(record.GetProperty("scores")[0].TryGetProperty("floor", out _), Is.False);
        Assert.That(record.GetProperty("skipped")[0].GetProperty("reason").GetString(), Is.EqualTo("not today"));
        Assert.That(record.TryGetProperty("shown", out _), Is.False, "the pictures are files of their own");
        Assert.That(run.Directory.Events().Where(happened => happened.Kind == RunEventKind.Warning).Select(happened => happened.Text), Does.Contain("not evaluated: refuses: not today"));
        Assert.That(run.Summary.Scores[^1].Values.Keys, Is.EqualTo(new[] { "infinite" }));
    }

    [Test]
    public void A_warning_of_an_evaluator_stands_with_every_evaluation_and_once_in_the_history()
    {
        using var folder = new TemporaryFolder();
        using var doubtful = new Measuring("doubtful", context =>
        {
            context.Warn("doubtful on so few");
            context.Warn("doubtful on so few");
            return 1;
        });
        using var run = new WatchedRun(folder.Path, Training, evaluators: [doubtful]).Run();

        foreach (var file in (string[])["0000010.json", "0000020.json"])
        {
            var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run.Directory.Path, "evaluations", file))).RootElement;
            Assert.That(record.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()), Is.EqualTo(new[] { "doubtful on so few" }));
        }
        Assert.That(run.Summary.Warnings.Select(warning => warning.Text), Is.EqualTo(new[] { "doubtful on so few" }));
    }
}
