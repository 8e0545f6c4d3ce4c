using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class RunDirectoryTests
{
    [Test]
    public void Two_runs_that_draw_the_same_name_within_a_second_have_folders_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var suffixes = new Queue<string>(["0a1b", "0a1b", "0a1b", "ffff"]);
        RunDirectory Create(string recipe) =>
            RunDirectory.Create(folder.Path, "twin", recipe, WatchedRun.Manifest(new(new VectorSpec(2), ConditionSpec.None)), suffixes.Dequeue);

        var (first, second) = (Create("""{ "seed": 1 }"""), Create("""{ "seed": 2 }"""));

        Assert.That((first.Name[^4..], second.Name[^4..]), Is.EqualTo(("0a1b", "ffff")));
        Assert.That(File.ReadAllText(first.RecipePath), Does.Contain("1"), "the first is as it was");
    }
}
