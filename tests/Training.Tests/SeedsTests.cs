using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

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

    [Test]
    public void Latents_follow_from_their_seed_alone()
    {
        using var scope = NewDisposeScope();
        using var sampler = new LatentSampler(CPU);
        var spec = new LatentSpec([new NormalPart(3), new UniformPart(2), new CategoricalPart(4)]);
        var first = sampler.Draw(spec, 50, 5);
        sampler.Draw(spec, 8, 6);
        var again = sampler.Draw(spec, 50, 5);

        Assert.Multiple(() =>
        {
            Assert.That(first.shape, Is.EqualTo(new long[] { 50, 9 }));
            Assert.That(again.Equals(first));
            Assert.That(first.narrow(1, 3, 2).abs().max().item<float>(), Is.LessThanOrEqualTo(1));
            Assert.That(first.narrow(1, 5, 4).sum(1).eq(1).all().item<bool>());
        });
    }

    [Test]
    public void Latents_with_a_time_axis_have_a_row_for_each_step()
    {
        using var scope = NewDisposeScope();
        using var sampler = new LatentSampler(CPU);
        Assert.That(sampler.Draw(LatentSpec.Normal(3) with { Length = 6 }, 5, 1).shape, Is.EqualTo(new long[] { 5, 6, 3 }));
    }

    // The device without memory stands for a GPU: TorchSharp's generators are of the CPU, and CUDA refuses those.
    [Test]
    public void Latents_on_another_device_come_from_its_global_generator_seeded_for_them()
    {
        using var scope = NewDisposeScope();
        using var sampler = new LatentSampler(new Device(DeviceType.META));
        manual_seed(1);
        var latents = sampler.Draw(LatentSpec.Normal(3), 5, 17);
        var next = rand(1).item<float>();
        manual_seed(17);

        Assert.That((latents.device_type, latents.shape[0]), Is.EqualTo((DeviceType.META, 5)));
        Assert.That(next, Is.EqualTo(rand(1).item<float>()));
    }
}
