using NUnit.Framework;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class ExplorationRunTests
{
    [Test]
    public void The_folder_shows_the_last_exploration_and_keeps_what_is_not_ours()
    {
        using var folder = new TemporaryFolder();
        var target = Path.Combine(folder.Path, "explore");
        Explore(target, [("first", new Shown("a.png", "b.csv"))]);
        File.WriteAllText(Path.Combine(target, "notes.txt"), "mine");

        var written = Explore(target, [("first", new Shown("c.png")), ("second", new Impossible())]);

        Assert.That(Directory.GetFiles(target).Select(Path.GetFileName), Is.EquivalentTo(new[] { "c.png", "explore.json", "notes.txt" }));
        Assert.That(written.Pictures.Single(), Is.EqualTo(new ExplorationEntry("c.png", "title", "text")));
        Assert.That(written.Skipped.Single(), Is.EqualTo(new SkippedExploration("second", "not today")));
        Assert.That(File.ReadAllText(Path.Combine(target, "explore.json")), Does.Contain("\"iteration\": 7").And.Contain("\"file\": \"c.png\"").And.Contain("not today").And.Contain("\"time\": \"1970-01-01T00:00:00+00:00\""));
    }

    [Test]
    public void Where_nothing_is_possible_nothing_is_touched_and_the_reasons_are_told()
    {
        using var folder = new TemporaryFolder();
        Explore(folder.Path, [("first", new Shown("a.png"))]);

        Assert.That(() => Explore(folder.Path, [("second", new Impossible())]), Throws.TypeOf<ComponentException>().With.Message.Contains("second: not today"));
        Assert.That(File.Exists(Path.Combine(folder.Path, "a.png")));
    }

    [Test]
    public void What_was_done_before_a_failure_is_kept_and_listed()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => Explore(folder.Path, [("first", new Shown("a.png")), ("second", new Failing())]), Throws.TypeOf<OperationCanceledException>());

        Assert.That(File.Exists(Path.Combine(folder.Path, "a.png")));
        Assert.That(File.ReadAllText(Path.Combine(folder.Path, "explore.json")), Does.Contain("a.png"));
    }

    [TestCase("no json")]
    [TestCase("{\"pictures\":[{\"file\":\"../outside.png\"}]}")]
    public void A_list_that_somebody_has_changed_deletes_nothing_outside_the_folder(string list)
    {
        using var folder = new TemporaryFolder();
        var target = Directory.CreateDirectory(Path.Combine(folder.Path, "explore")).FullName;
        File.WriteAllText(Path.Combine(folder.Path, "outside.png"), "");
        File.WriteAllText(Path.Combine(target, "explore.json"), list);

        Explore(target, [("first", new Shown("a.png"))]);

        Assert.That(File.Exists(Path.Combine(folder.Path, "outside.png")) && File.Exists(Path.Combine(target, "a.png")));
    }

    [Test]
    public void The_discriminator_comes_from_the_newest_checkpoint_and_the_generator_stays()
    {
        using var folder = new TemporaryFolder();
        using var trained = new PointTraining().Run(5);
        using var other = new PointTraining(seed: 2);
        var store = new CheckpointStore(folder.Path);
        store.Write(trained.Trainer.Capture());
        byte[] Bytes(PointTraining training, string role)
        {
            using var stream = new MemoryStream();
            Safetensors.Write(stream, training.Model.Networks[role].state_dict());
            return stream.ToArray();
        }
        var before = Bytes(other, Roles.Generator);

        var iteration = CheckpointNetworks.Load(other.Model, [Roles.Discriminator], store, Assert.Fail);

        Assert.That(iteration, Is.EqualTo(trained.Trainer.Iteration));
        Assert.That(Bytes(other, Roles.Discriminator), Is.EqualTo(Bytes(trained, Roles.Discriminator)));
        Assert.That(Bytes(other, Roles.Generator), Is.EqualTo(before));
    }

    [Test]
    public void Without_a_checkpoint_or_with_one_of_another_model_it_is_said_so()
    {
        using var folder = new TemporaryFolder();
        using var training = new PointTraining();
        using var wider = new PointTraining(options: new TestPlugins.TinyOptions { Latent = 9 });
        var store = new CheckpointStore(folder.Path);

        Assert.That(() => CheckpointNetworks.Load(training.Model, [Roles.Discriminator], store, Assert.Fail), Throws.TypeOf<ComponentException>().With.Message.Contains("no checkpoint"));
        store.Write(wider.Trainer.Capture());
        Assert.That(() => CheckpointNetworks.Load(training.Model, [Roles.Discriminator], store, Assert.Fail), Throws.TypeOf<ComponentException>().With.Message.Contains("'discriminator'").And.Message.Contains("shape"));
    }

    private static ExplorationReport Explore(string folder, (string Name, Exploration Exploration)[] explorations)
    {
        var model = new PlantedModel(LatentSpec.Normal(2), (latent, _) => latent).Explored(new VectorSpec(2));
        return new ExplorationRun(folder).Explore(explorations.Select(entry => (entry.Name, (Func<Exploration>)(() => entry.Exploration))), model, 7, DateTimeOffset.UnixEpoch, (_, _) => { });
    }

    private sealed class Shown(params string[] files) : Exploration
    {
        public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model) => [.. files.Select(file => new ExploredPicture(file, "title", "text", [1]))];
    }

    private sealed class Failing : Exploration
    {
        public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model) => throw new OperationCanceledException();
    }

    private sealed class Impossible : Exploration
    {
        public override IReadOnlyList<ExploredPicture> Explore(ExploredModel model) => throw new ComponentException("not today");
    }
}
