using NUnit.Framework;
using PluginGan.Host.Runs;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

public class ResumeCheckTests
{
    [Test]
    public void A_run_with_the_draws_of_this_version_goes_on() => Assert.That(ResumeCheck.Draws(Draws.Version, force: false), Is.Empty);

    [Test]
    public void A_run_with_other_draws_is_refused_with_the_remedies_and_forced_with_a_note()
    {
        Assert.That(() => ResumeCheck.Draws(1, force: false), Throws.TypeOf<UsageException>().With.Message.Contains("of version 1").And.Message.Contains("the release that began it").And.Message.Contains("--force"));
        Assert.That(ResumeCheck.Draws(1, force: true), Is.EqualTo(new[] { $"resumed with draws: was version 1, is version {Draws.Version}" }));
    }

    [Test]
    public void A_manifest_says_which_draws_a_run_began_with()
    {
        var manifest = Machine.Use("cpu", 1).Manifest(new DataSpec(new VectorSpec(2), ConditionSpec.None), [], TimeProvider.System);

        Assert.That(manifest.Draws, Is.EqualTo(Draws.Version));
        Assert.That(CheckpointOrigin.Of("{}", manifest).Draws, Is.EqualTo(Draws.Version));
    }
}
