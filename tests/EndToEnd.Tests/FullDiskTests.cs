using System.Runtime.InteropServices;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>
/// A disk that takes no more while a run is under way. The limit of a process on the size of its files stands in for it: writes fail
/// half-way, as on a full disk, and the test can give the space back.
/// </summary>
[Platform("Linux")]
public class FullDiskTests
{
    private const string Images = """
        {
          "name": "images",
          "dataset": { "name": "fashion-mnist-10k", "subset": 200 },
          "architecture": { "name": "dcgan", "width": 8 },
          "loss": "hinge",
          "training": { "iterations": 400, "batch": 8, "checkpointEvery": 10, "keepCheckpoints": 2, "logEvery": 50, "snapshotEvery": 0 }
        }
        """;

    // Enough for history and sheets, too little for weights.
    private const ulong Some = 256 * 1024;

    [Test]
    public void A_full_disk_costs_checkpoints_and_neither_the_run_nor_what_is_there()
    {
        using var product = new Product();
        product.File("recipe.json", Images);
        // Without this, the signal that comes with the error would end the process before it sees the error.
        using var running = product.StartPrepared("trap '' XFSZ", "train", "recipe.json");
        var events = ResumeTests.WaitForRun(product, "images", running, Tell("\"checkpoint\""));

        Limit(running.Id, Some);
        ResumeTests.WaitForRun(product, "images", running, Tell("could not be written"));
        var kept = Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(events)!, "checkpoints"), "0*");
        Limit(running.Id, ulong.MaxValue);
        var outcome = running.Wait();

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("could not be written"));
        Assert.That(kept, Is.Not.Empty);
        Assert.That(Directory.GetDirectories(Path.Combine(Path.GetDirectoryName(events)!, "checkpoints")).Select(Path.GetFileName), Does.Contain("0000400"));
        Assert.That(Directory.GetFileSystemEntries(Path.GetDirectoryName(events)!, "*.tmp", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_run_that_ends_while_the_disk_is_full_fails_and_goes_on_once_there_is_space()
    {
        using var product = new Product();
        product.File("recipe.json", Images);
        using var running = product.StartPrepared("trap '' XFSZ", "train", "recipe.json");
        ResumeTests.WaitForRun(product, "images", running, Tell("\"checkpoint\""));
        // Nothing at all can be written from here on, not even that the run has failed.
        Limit(running.Id, 0);

        var failed = running.Wait();
        var list = product.Run("runs", "list", "--json");
        var resumed = product.Run("train", "--resume");

        Assert.That(failed.ExitCode, Is.EqualTo(1), failed.ToString());
        Assert.That(failed.Errors, Does.Contain("without its last checkpoint"));
        foreach (var what in (string[])["events.jsonl", "the TensorBoard file", "the checkpoint"])
            Assert.That(failed.Errors.Split('\n').Count(line => line.Contains($"warning: {what}", StringComparison.Ordinal)), Is.EqualTo(1), $"{what} is said once: {failed.Errors}");
        Assert.That(JsonDocument.Parse(list.Output).RootElement[0].GetProperty("status").GetString(), Is.EqualTo("stopped"));
        Assert.That(resumed.ExitCode, Is.Zero, resumed.ToString());
        Assert.That(resumed.Errors, Does.Not.Contain("damaged"));
    }

    [Test]
    public void A_disk_that_is_full_from_the_start_leaves_no_run()
    {
        using var product = new Product();
        product.File("recipe.json", Images);
        // The runtime itself would want to write, for its compiler.
        using var running = product.StartPrepared("export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 1", "train", "recipe.json");

        var outcome = running.Wait();

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("cannot create the run directory"));
        Assert.That(Directory.GetFileSystemEntries(product.Runs), Is.Empty);
    }

    private static Func<string[], bool> Tell(string text) => lines => lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    private static void Limit(int process, ulong bytes) => Assert.That(SetLimit(process, 1, [bytes, ulong.MaxValue], 0), Is.Zero);

    // resource.h: RLIMIT_FSIZE is 1; the current limit and the most that it may be raised to.
    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int SetLimit(int process, int resource, ulong[] limit, nint old);
}
