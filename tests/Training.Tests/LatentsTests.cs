using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class LatentsTests
{
    private static readonly LatentSpec Mixed = new([new NormalPart(3), new UniformPart(2), new CategoricalPart(4)]);

    [Test]
    public void Parts_stand_side_by_side_each_with_its_distribution()
    {
        using var scope = NewDisposeScope();
        var latents = Latents.Draw(Mixed, 5000, 5, CPU);
        var (uniform, categories) = (latents.narrow(1, 3, 2), latents.narrow(1, 5, 4));

        Assert.Multiple(() =>
        {
            Assert.That(latents.shape, Is.EqualTo(new long[] { 5000, 9 }));
            Assert.That(latents.narrow(1, 0, 3).std().item<float>(), Is.EqualTo(1).Within(0.03));
            Assert.That((uniform.min().item<float>(), uniform.max().item<float>()), Is.EqualTo((-1f, 1f)).Within(0.001f));
            Assert.That(uniform.max().item<float>(), Is.LessThan(1));
            Assert.That(categories.sum(1).eq(1).logical_and(categories.amax([1]).eq(1)).all().item<bool>(), "one-hot");
            Assert.That(categories.mean([0]).data<float>().ToArray(), Is.EqualTo(new[] { 0.25f, 0.25f, 0.25f, 0.25f }).Within(0.03f));
        });
    }

    [Test]
    public void Latents_follow_from_their_seed_alone()
    {
        using var scope = NewDisposeScope();
        var first = Latents.Draw(Mixed, 50, 5, CPU);
        var other = Latents.Draw(Mixed, 50, 6, CPU);

        Assert.That(Latents.Draw(Mixed, 50, 5, CPU).Equals(first));
        Assert.That(other.Equals(first), Is.False);
    }

    [Test]
    public void Latents_with_a_time_axis_have_a_row_for_each_step()
    {
        using var scope = NewDisposeScope();
        Assert.That(Latents.Draw(LatentSpec.Normal(3) with { Length = 6 }, 5, 1, CPU).shape, Is.EqualTo(new long[] { 5, 6, 3 }));
        Assert.That(Latents.Draw(new LatentSpec([]) with { Length = 6 }, 5, 1, CPU).shape, Is.EqualTo(new long[] { 5, 6, 0 }));
    }

    // The device without memory stands for a GPU.
    [Test]
    public void Latents_are_drawn_for_another_device_too()
    {
        using var scope = NewDisposeScope();
        var latents = Latents.Draw(LatentSpec.Normal(3), 5, 17, new Device(DeviceType.META));
        Assert.That((latents.device_type, latents.shape[0]), Is.EqualTo((DeviceType.META, 5)));
    }
}
