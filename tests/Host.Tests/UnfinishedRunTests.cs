using NUnit.Framework;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>Which run <c>train --resume</c> continues where none is named.</summary>
public class UnfinishedRunTests
{
    private string root = null!;

    [SetUp]
    public void CreateFolder() => root = Directory.CreateTempSubdirectory("plugingan-runs-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(root, recursive: true);

    [Test]
    public void It_is_the_one_that_was_heard_of_last_of_those_that_are_not_finished()
    {
        Add("20261101-1", "interrupted", day: 20);
        Add("20261102-2", "failed", day: 5);
        Add("20261103-3", "started", day: 6);
        Add("20261104-4", "finished", day: 25);

        Assert.That(Latest().Name, Is.EqualTo("20261101-1"));
    }

    [Test]
    public void One_that_a_process_trains_is_left_alone()
    {
        Add("20261101-1", "interrupted", day: 2);
        Add("20261102-2", "started", day: 3);
        var now = DateTimeOffset.UtcNow;
        File.WriteAllText(Path.Combine(root, "20261102-2", "process.json"), $$"""{ "host": "far-away", "system": "another", "processId": 1, "processStarted": "1", "heartbeat": "{{now:O}}" }""");

        Assert.That(Latest().Name, Is.EqualTo("20261101-1"));
        Directory.Delete(Path.Combine(root, "20261101-1"), recursive: true);
        Assert.That(Latest, Throws.TypeOf<UsageException>().With.Message.Contains("under way in another process"));
    }

    [Test]
    [Platform("Linux")]
    public void One_whose_history_cannot_be_read_does_not_hide_the_others()
    {
        Add("20261101-1", "interrupted", day: 2);
        Add("20261102-2", "interrupted", day: 3);
        var history = Path.Combine(root, "20261102-2", "events.jsonl");
        File.Delete(history);
        System.Diagnostics.Process.Start("mkfifo", [history]).WaitForExit();

        Assert.That(Latest().Name, Is.EqualTo("20261101-1"));
    }

    [Test]
    public void Where_there_is_none_the_message_says_why()
    {
        Assert.That(Latest, Throws.TypeOf<UsageException>().With.Message.Contains($"there are no runs in '{root}'"));
        Add("20261101-1", "finished", day: 2);
        Assert.That(Latest, Throws.TypeOf<UsageException>().With.Message.Contains("are finished").And.Message.Contains("--set training.iterations=N"));
    }

    private RunDirectory Latest() => UnfinishedRun.Latest(root, new Screen(json: true, verbose: false), TimeProvider.System);

    private void Add(string name, string last, int day)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "recipe.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "events.jsonl"), string.Concat(((string[])["started", last]).Select(kind =>
            $$"""{"kind":"{{kind}}","time":"2026-11-{{day:00}}T16:00:00+00:00","iteration":3,"values":{},"text":""}""" + "\n")));
    }
}
