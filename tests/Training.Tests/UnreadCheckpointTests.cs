using System.Security.Cryptography;
using System.Text.Json.Nodes;
using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Checkpoints that cannot be read: what is said of them, and that none is ever deleted or overwritten.</summary>
public class UnreadCheckpointTests
{
    private const string Settings = "\"iterations\": 30, \"logEvery\": 5, \"snapshotEvery\": 0, \"checkpointEvery\": 10";

    [TestCase("damaged", CheckpointFault.Damaged)]
    [TestCase("has another format", CheckpointFault.OtherFormat)]
    [TestCase("cannot be opened", CheckpointFault.Unreadable)]
    public void A_run_whose_checkpoints_cannot_be_read_is_refused_and_left_as_it_is(string said, CheckpointFault fault)
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        foreach (var checkpoint in Checkpoints(path))
            Spoil(checkpoint, fault);
        var before = Content(path);

        using var run = new WatchedRun(folder.Path, Settings);

        var refused = Assert.Throws<IOException>(() => run.Resume())!;
        Assert.That(refused.Message, Does.Contain(said).And.Contain("0000030").And.Contain("0000010").And.Contain("--force"));
        run.Dispose();
        Assert.That(Content(path), Is.EqualTo(before));
    }

    [Test]
    public void A_run_that_another_process_has_trained_since_its_checkpoints_were_read_is_refused_and_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        var (latest, aside) = (Path.Combine(path, "checkpoints", "0000030"), Path.Combine(folder.Path, "aside"));
        Directory.Move(latest, aside);
        using var run = new WatchedRun(folder.Path, Settings);
        using var found = run.Directory.Checkpoints.Find();
        Directory.Move(aside, latest);

        Assert.That(() => run.Resume(found), Throws.TypeOf<IOException>().With.Message.Contains("another process has trained the run"));
        Assert.That(run.Directory.Checkpoints.Iterations, Does.Contain(30));
    }

    [Test]
    [Platform("Linux")]
    public void A_pipe_in_the_place_of_a_file_of_a_run_keeps_nobody_waiting(
        [Values("manifest.json", "events.jsonl", "generator.safetensors", "process.json")] string name)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Trained(folder), name);
        File.Delete(path);
        System.Diagnostics.Process.Start("mkfifo", [path]).WaitForExit();
        var directory = RunDirectory.List(folder.Path).Single();

        Assert.That(
            () => name switch
            {
                "manifest.json" => (object?)directory.Manifest(),
                "events.jsonl" => directory.Events(),
                "generator.safetensors" => GeneratorFile.Load(path, new PlaneGame(3)),
                _ => RunLiveness.Read(directory),
            },
            name == "process.json" ? Is.Null : Throws.InstanceOf<IOException>().With.Message.Contains("is a pipe (FIFO), where a file belongs"));
    }

    [Test]
    [Platform("Linux")]
    public void A_pipe_in_the_place_of_a_checkpoint_s_file_is_told_and_the_one_before_is_used(
        [Values("state.json", "state.safetensors", "SHA256SUMS")] string name)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Checkpoints(Trained(folder))[^1], name);
        File.Delete(file);
        System.Diagnostics.Process.Start("mkfifo", [file]).WaitForExit();

        using var found = RunDirectory.List(folder.Path).Single().Checkpoints.Find();

        Assert.That(found.Checkpoint!.State.Iteration, Is.EqualTo(20));
        Assert.That(found.Problems, Has.One.Contains("pipe (FIFO)"));
    }

    [Test]
    public void Forced_it_begins_anew_and_keeps_everything_under_another_name()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        foreach (var checkpoint in Checkpoints(path))
            Spoil(checkpoint, CheckpointFault.Damaged);
        var generator = File.ReadAllBytes(Path.Combine(path, "generator.safetensors"));
        var checkpoints = Content(Path.Combine(path, "checkpoints"));
        // Of the iterations that the run comes to once more.
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(path, "samples")).FullName, "0000030.csv"), "old");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(path, "evaluations")).FullName, "0000030.json"), "old");

        using var run = new WatchedRun(folder.Path, Settings);
        run.Resume(force: true).Run();

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllBytes(Path.Combine(path, "generator.safetensors.unread")), Is.EqualTo(generator));
            Assert.That(Content(Path.Combine(path, "checkpoints.unread")), Is.EqualTo(checkpoints));
            Assert.That(File.Exists(Path.Combine(path, "samples.unread", "0000030.csv")));
            Assert.That(File.Exists(Path.Combine(path, "evaluations.unread", "0000030.json")));
            Assert.That(Directory.Exists(Path.Combine(path, "evaluations")), Is.False);
            Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 10, 20, 30 }));
            Assert.That(Warnings(run), Has.Some.Contains("checkpoints.unread").And.Some.Contains("begins anew"));
        });
    }

    [TestCase(true, TestName = "A trained run whose checkpoints folder is missing is refused")]
    [TestCase(false, TestName = "A trained run whose checkpoints folder is empty is refused")]
    public void Missing(bool folderToo)
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        Directory.Delete(Path.Combine(path, "checkpoints"), recursive: true);
        if (!folderToo)
            Directory.CreateDirectory(Path.Combine(path, "checkpoints"));
        var directory = RunDirectory.Open(folder.Path, path);

        var refusal = directory.RefusalToBeginAnew(directory.Checkpoints.Find());
        Assert.That(refusal, Does.Contain("put the checkpoints back").And.Contain("--force"));
        File.Delete(directory.EventsPath);
        Assert.That(directory.RefusalToBeginAnew(directory.Checkpoints.Find()) is not null, "without a history too");
    }

    [Test]
    public void A_run_that_was_killed_before_its_first_checkpoint_was_whole_begins_anew_by_itself()
    {
        using var folder = new TemporaryFolder();
        using var whole = new TemporaryFolder();
        var path = Trained(folder);
        // What a kill leaves between the generator's weights and the first checkpoint.
        foreach (var checkpoint in Checkpoints(path))
            Directory.Delete(checkpoint, recursive: true);
        Directory.CreateDirectory(Path.Combine(path, "checkpoints", ".0000010.new.tmp"));
        var events = Path.Combine(path, "events.jsonl");
        File.WriteAllLines(events, File.ReadAllLines(events).TakeWhile(line => !line.Contains("\"checkpoint\"", StringComparison.Ordinal)));

        using var run = new WatchedRun(folder.Path, Settings).Resume().Run();

        using var other = new WatchedRun(whole.Path, Settings).Run();
        Assert.That(run.Outcome(), Is.EqualTo(other.Outcome()));
    }

    [Test]
    public void Where_the_newest_is_damaged_the_one_before_it_is_used_and_the_next_one_is_kept()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        Spoil(Checkpoints(path)[^1], CheckpointFault.Damaged);
        var damaged = Content(Checkpoints(path)[^1]);

        using var run = new WatchedRun(folder.Path, Settings + ", \"keepCheckpoints\": 1").Resume().Run(25);

        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 25 }));
        Assert.That(Content(Path.Combine(path, "checkpoints", "0000030.unread")), Is.EqualTo(damaged));
        Assert.That(Warnings(run), Has.Some.Contains("0000030 is damaged").And.Some.Contains("0000030.unread"));
    }

    [Test]
    public void A_damaged_newest_checkpoint_does_not_push_out_what_is_trained_now()
    {
        using var folder = new TemporaryFolder();
        var path = Trained(folder);
        var newest = Checkpoints(path)[^1];
        Spoil(newest, CheckpointFault.Damaged);
        using var run = new WatchedRun(folder.Path, Settings + ", \"keepCheckpoints\": 1");

        run.Resume().Run(25);

        Assert.That(run.Directory.Checkpoints.Iterations, Is.EqualTo(new long[] { 25 }));
        Assert.That(Directory.Exists($"{newest}.unread"));
    }

    [TestCase(CheckpointFault.Damaged)]
    [TestCase(CheckpointFault.OtherFormat)]
    [TestCase(CheckpointFault.Unreadable)]
    public void Neither_retention_nor_a_checkpoint_of_the_same_iteration_destroys_what_cannot_be_read(CheckpointFault fault)
    {
        using var folder = new TemporaryFolder();
        foreach (var iteration in (long[])[1, 2, 3])
            Spoil(new CheckpointStore(folder.Path).Write(CheckpointStoreTests.State(iteration)), iteration == 3 ? null : fault);
        var (first, second) = (Content(Path.Combine(folder.Path, "0000001")), Content(Path.Combine(folder.Path, "0000002")));
        var store = new CheckpointStore(folder.Path);

        store.Write(CheckpointStoreTests.State(2));
        store.Keep([2]);

        Assert.That(Content(Path.Combine(folder.Path, "0000001.unread")), Is.EqualTo(first));
        Assert.That(Content(Path.Combine(folder.Path, "0000002.unread")), Is.EqualTo(second));
        Assert.That(store.Iterations, Is.EqualTo(new long[] { 2 }), "3 was whole and is deleted");
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Has.Length.EqualTo(3));
    }

    [TestCase(1, new[] { true, true })]
    [TestCase(0, new[] { true, false }, Description = "nothing comes before the last")]
    public void Of_each_that_cannot_be_read_it_is_said_whether_another_is_used(int whole, bool[] expected)
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        foreach (var iteration in (long[])[1, 2, 3])
            if (iteration > 1 || whole > 0)
                Spoil(store.Write(CheckpointStoreTests.State(iteration)), iteration == 1 ? null : CheckpointFault.Damaged);

        using var found = store.Find();

        Assert.That(found.Problems.Select(problem => problem.EndsWith("; using the one before it", StringComparison.Ordinal)), Is.EqualTo(expected));
    }

    [Test]
    public void The_old_one_is_put_back_where_a_crash_came_between_the_two_renames()
    {
        using var folder = new TemporaryFolder();
        var store = new CheckpointStore(folder.Path);
        var old = store.Write(CheckpointStoreTests.State(1, 5));
        Directory.Move(old, Path.Combine(folder.Path, ".0000001.old.tmp"));
        Directory.CreateDirectory(Path.Combine(folder.Path, ".0000001.new.tmp"));

        store.Write(CheckpointStoreTests.State(2));

        Assert.That(store.Iterations, Is.EqualTo(new long[] { 1, 2 }));
    }

    private static string Trained(TemporaryFolder folder)
    {
        using var run = new WatchedRun(folder.Path, Settings).Run();
        return run.Directory.Path;
    }

    private static IEnumerable<string> Warnings(WatchedRun run) => run.Summary.Warnings.Select(warning => warning.Text);

    private static string[] Checkpoints(string run) =>
        [.. Directory.GetDirectories(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal)];

    internal static string Hash(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    internal static void Spoil(string checkpoint, CheckpointFault? fault)
    {
        var tensors = Path.Combine(checkpoint, "state.safetensors");
        var counters = Path.Combine(checkpoint, "state.json");
        var sums = Path.Combine(checkpoint, "SHA256SUMS");
        switch (fault)
        {
            case CheckpointFault.Damaged:
                var bytes = File.ReadAllBytes(tensors);
                bytes[^1] ^= 1;
                File.WriteAllBytes(tensors, bytes);
                break;
            case CheckpointFault.OtherFormat:
                // As the first format was: the hash of the tensors among the counters, and no sums.
                var content = JsonNode.Parse(File.ReadAllText(counters))!.AsObject();
                content["version"] = 1;
                content["sha256"] = Hash(tensors);
                File.WriteAllText(counters, content.ToJsonString());
                File.Delete(sums);
                break;
            case CheckpointFault.Unreadable:
                // Opening a folder as a file is refused as a file without permission is, also to root.
                File.Delete(sums);
                Directory.CreateDirectory(sums);
                break;
        }
    }

    private static string Content(string folder) => string.Join('\n', Directory
        .GetFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        // The process that tries has opened these already.
        .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal) && !path.Contains("tensorboard", StringComparison.Ordinal))
        .Select(path => $"{Path.GetRelativePath(folder, path)} {(File.Exists(path) ? Hash(path) : "folder")}"));
}
