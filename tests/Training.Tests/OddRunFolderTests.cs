using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Run folders in which something else stands where a file or folder of the run belongs.</summary>
public class OddRunFolderTests
{
    private const string Settings = "\"iterations\": 30, \"logEvery\": 5, \"snapshotEvery\": 0, \"checkpointEvery\": 10";

    [Test]
    public void A_folder_in_the_place_of_a_file_ends_the_run_before_it_trains(
        [Values("generator.safetensors", "best.safetensors", "events.jsonl")] string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Trained(folder), name);
        File.Delete(path);
        Directory.CreateDirectory(path);

        Assert.That(
            () => new WatchedRun(folder.Path, Settings),
            Throws.TypeOf<IOException>().With.Message.EqualTo($"'{path}' is a folder, where the run keeps a file: it could not be trained. Move what stands there away."));
    }

    [Test]
    public void A_file_or_a_link_to_nothing_in_the_place_of_a_folder_ends_the_run_before_it_trains(
        [Values("checkpoints", "samples", "evaluations", "tensorboard", "data")] string name)
    {
        using var folder = new TemporaryFolder();
        var run = Trained(folder);
        var path = Path.Combine(run, name);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        var before = File.ReadAllText(Path.Combine(run, "events.jsonl"));

        File.WriteAllText(path, "in the way");
        Assert.That(() => new WatchedRun(folder.Path, Settings), Throws.TypeOf<IOException>().With.Message.Contains($"'{path}' is a file, where the run keeps a folder"));
        File.Delete(path);
        File.CreateSymbolicLink(path, Path.Combine(run, "nothing"));
        Assert.That(() => new WatchedRun(folder.Path, Settings), Throws.TypeOf<IOException>().With.Message.Contains("is a link that leads to no folder, where the run keeps a folder"));

        Assert.That(File.ReadAllText(Path.Combine(run, "events.jsonl")), Is.EqualTo(before));
    }

    [TestCase(false, "it is a file, where a folder belongs")]
    [TestCase(true, "it is a link that leads to no folder, where a folder belongs")]
    public void What_replaces_a_checkpoint_is_told_and_set_aside(bool loops, string reason)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Trained(folder), "checkpoints", "0000030");
        Directory.Delete(path, recursive: true);
        if (loops)
            File.CreateSymbolicLink(path, path);
        else
            File.WriteAllText(path, "notes");

        using var run = new WatchedRun(folder.Path, Settings).Resume().Run();

        var warnings = run.Summary.Warnings.Select(warning => warning.Text);
        Assert.That(warnings, Is.EqualTo(new[] { $"checkpoint 0000030 is damaged ({reason}); using the one before it", "kept under another name: 0000030.unread" }));
        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 10, 20, 30 }));
        Assert.That(new FileInfo($"{path}.unread").LinkTarget, loops ? Is.EqualTo(path) : Is.Null);
    }

    [Test]
    public void A_folder_in_the_place_of_weights_or_history_is_told_to_their_readers()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        foreach (var name in (string[])["generator.safetensors", "events.jsonl", "manifest.json"])
        {
            File.Delete(Path.Combine(path, name));
            Directory.CreateDirectory(Path.Combine(path, name));
        }
        var directory = RunDirectory.List(folder.Path).Single();

        const string Expected = "is a folder, where a file belongs";
        Assert.That(() => GeneratorFile.Load(directory.GeneratorPath, new PlaneGame(3)), Throws.TypeOf<IOException>().With.Message.Contains(Expected));
        Assert.That(directory.Events, Throws.TypeOf<IOException>().With.Message.Contains(Expected));
        Assert.That(directory.Manifest, Throws.TypeOf<IOException>().With.Message.Contains(Expected));
    }

    [Test]
    public void Lines_of_the_history_that_cannot_be_read_are_counted_and_placed()
    {
        using var folder = new TemporaryFolder();
        var events = Path.Combine(Trained(folder), "events.jsonl");
        var lines = File.ReadAllLines(events).ToList();
        lines.Insert(1, "garbage");
        lines.Insert(4, "{ \"kind\": \"unheard-of\" }");
        // A torn end is the line that a crash was writing, and is taken off.
        File.WriteAllText(events, string.Join('\n', lines) + "\n{ \"ki");

        using var run = new WatchedRun(folder.Path, Settings).Resume();

        Assert.That(run.Summary.Warnings.Single().Text, Is.EqualTo("events.jsonl: 2 lines cannot be read and are left out (lines 2, 5)"));
    }

    [Test]
    public void A_folder_without_its_recipe_is_told_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        File.Delete(Path.Combine(path, "recipe.json"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "something else"));

        Assert.That(RunDirectory.List(folder.Path), Is.Empty);
        var part = RunDirectory.Incomplete(folder.Path).Single();
        Assert.That((part.Path, part.Missing), Is.EqualTo((path, new[] { "recipe.json" })));
        foreach (var named in (string[])[part.Name, path])
            Assert.That(() => RunDirectory.Open(folder.Path, named), Throws.TypeOf<DirectoryNotFoundException>().With.Message.EqualTo($"the run '{part.Name}' lacks recipe.json; put back a copy of it"));
    }

    private static string Trained(TemporaryFolder folder)
    {
        using var run = new WatchedRun(folder.Path, Settings).Run();
        return run.Directory.Path;
    }
}
