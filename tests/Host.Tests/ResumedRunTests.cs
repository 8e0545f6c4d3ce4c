using NUnit.Framework;
using PluginGan.Host.Runs;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>Runs that are resumed although something of them is gone.</summary>
[NonParallelizable]
public class ResumedRunTests
{
    private static readonly string[] OnCpu = ["--plugins", PluginFolders.BuiltIn, "--device", "cpu", "--threads", "1"];

    [Test]
    public void A_run_that_never_came_to_a_checkpoint_begins_anew_with_the_present_draws_and_says_so_in_its_manifest()
    {
        using var product = new InProcess();
        var recipe = """
            {
              "dataset": "mixture-ring", "architecture": { "name": "mlp", "generatorWidths": [8], "discriminatorWidths": [8] }, "loss": "hinge",
              "training": { "iterations": 1, "batch": 4 }
            }
            """;
        var directory = RunDirectory.Create("runs", "old", recipe, Manifest(new VectorSpec(2)) with { Draws = 1, Command = "as it began" });

        var answer = product.Run(["train", "--resume", directory.Name, .. OnCpu]);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.Done), answer.ToString());
        Assert.That((directory.Manifest().Draws, directory.Manifest().Command), Is.EqualTo((Draws.Version, "as it began")));
    }

    [Test]
    public void A_data_set_that_is_gone_may_have_been_moved()
    {
        using var product = new InProcess();
        var gone = Path.GetFullPath("gone.csv");
        var recipe = $$"""
            { "dataset": { "name": "csv-series", "path": "{{gone}}" }, "architecture": "timegan", "objective": "timegan", "training": { "iterations": 1 } }
            """;
        var directory = RunDirectory.Create("runs", "moved", recipe, Manifest(new VectorSpec(2)));

        var answer = product.Run(["train", "--resume", directory.Name, .. OnCpu]);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage), answer.ToString());
        Assert.That(answer.Errors, Does.Contain(gone).And.Contain("if the data was moved, say where it is now: --set dataset.path=NEW"));
    }

    [Test]
    public void What_stands_in_the_way_is_said_before_anything_else_also_with_force()
    {
        using var product = new InProcess();
        var directory = RunDirectory.Create("runs", "odd", "{}", Manifest(new VectorSpec(2)));
        File.WriteAllText(directory.Checkpoints.Folder, "a file");

        foreach (var options in new string[][] { [], ["--force"] })
        {
            var answer = product.Run(["train", "--resume", directory.Name, .. OnCpu, .. options]);
            Assert.That(answer.Code, Is.EqualTo(ExitCode.Failed));
            Assert.That(answer.Errors, Does.StartWith($"error: '{directory.Checkpoints.Folder}' is a file, where the run keeps a folder"));
        }
    }

    private static RunManifest Manifest(SampleSpec sample) => Machine.Use("cpu", 1).Manifest(new DataSpec(sample, ConditionSpec.None), [], TimeProvider.System);
}
