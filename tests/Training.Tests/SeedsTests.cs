using NUnit.Framework;

namespace PluginGan.Training.Tests;

public class SeedsTests
{
    [Test]
    public void Every_purpose_and_every_counter_has_a_seed_of_its_own()
    {
        ulong[] seeds =
        [
            Seeds.Of(1, "a"), Seeds.Of(2, "a"), Seeds.Of(1, "b"), Seeds.Of(1, "a", 1), Seeds.Of(1, "a", 0, 1), Seeds.Of(1, "a", 0, 0, 1), Seeds.Of(1, "a", 0, 0, 0, 1),
        ];
        Assert.That(seeds, Is.Unique);
    }

    // Printed by a run of an earlier process: a seed that depended on the process, the machine or the version would break resuming.
    [Test]
    public void A_seed_is_the_same_in_every_process() => Assert.That(Seeds.Of(42, "d/latent", 7, 1, 2, 3), Is.EqualTo(13880548931320573407UL));
}
