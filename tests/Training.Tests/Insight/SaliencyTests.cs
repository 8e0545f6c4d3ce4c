using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

public class SaliencyTests
{
    [Test]
    public void The_saliency_of_a_linear_discriminator_is_the_size_of_its_weights_and_of_a_quadratic_one_that_of_the_sample()
    {
        using var scope = NewDisposeScope();
        var weights = randn(3, 4, 4);
        var samples = randn(5, 3, 4, 4);

        var (verdicts, linear) = Saliency.Of(Judge((x, _) => x.mul(weights).sum([1, 2, 3])), samples, null);
        var (_, quadratic) = Saliency.Of(Judge((x, _) => x.square().sum([1, 2, 3])), samples, null);

        Assert.That(verdicts.allclose(samples.mul(weights).sum([1, 2, 3]), atol: 1e-5));
        Assert.That(linear.allclose(weights.abs().expand_as(samples)));
        Assert.That(quadratic.allclose(samples.abs().mul(2)));
        Assert.That(samples.requires_grad, Is.False, "the samples are the caller's");
    }

    [Test]
    public void Of_packed_samples_each_has_its_own_map_and_of_patches_the_mean_counts()
    {
        using var scope = NewDisposeScope();
        var weights = randn(2, 2, 2);
        var samples = randn(6, 1, 2, 2);

        var (verdicts, packed) = Saliency.Of(Judge((x, _) => x.mul(weights).sum([1, 2, 3])), samples, null, pack: 2);
        var (_, patches) = Saliency.Of(Judge((x, _) => x.mul(4)), samples, null);

        Assert.That(verdicts.shape, Is.EqualTo(new long[] { 3 }));
        Assert.That(packed[3].allclose(weights[1].abs().unsqueeze(0)) && packed[4].allclose(weights[0].abs().unsqueeze(0)));
        Assert.That(patches.allclose(ones_like(samples)));
    }

    [Test]
    public void A_discriminator_that_cannot_be_differentiated_is_refused_instead_of_ending_the_process()
    {
        using var scope = NewDisposeScope();
        var samples = randn(2, 1, 2, 2);
        var constant = ones(2, requires_grad: true);

        Assert.Multiple(() =>
        {
            Assert.That(() => Saliency.Of(Judge((x, _) => x.detach().sum([1, 2, 3])), samples, null), Throws.TypeOf<ComponentException>().With.Message.StartsWith("discriminator:").And.Message.Contains("no gradient"));
            Assert.That(() => Saliency.Of(Judge((_, _) => constant * 2), samples, null), Throws.TypeOf<ComponentException>().With.Message.Contains("does not depend"));
            Assert.That(() => Saliency.Of(Judge(null), samples, null), Throws.TypeOf<ComponentException>().With.Message.StartsWith("a saliency map needs a discriminator that judges samples as they are: this model has no discriminator"));
        });
    }

    [Test]
    public void Heat_is_drawn_where_it_is_and_the_image_is_seen_where_there_is_none()
    {
        using var scope = NewDisposeScope();
        var images = full([1, 1, 20, 20], 1f);
        var heat = zeros(1, 1, 20, 20);
        heat[0, 0, 10, 10] = 3;

        var drawn = HeatOverlay.Draw(images, heat);

        float At(int channel, int row, int column) => drawn[0, channel, row, column].item<float>();
        Assert.Multiple(() =>
        {
            Assert.That(drawn.shape, Is.EqualTo(new long[] { 1, 3, 20, 20 }));
            Assert.That((At(0, 10, 10), At(1, 10, 10), At(2, 10, 10)), Is.EqualTo((1f, 1f, -1f)), "yellow");
            Assert.That((At(0, 2, 2), At(1, 2, 2)), Is.EqualTo((At(2, 2, 2), At(2, 2, 2))), "grey");
            Assert.That(At(0, 2, 2), Is.InRange(0, 0.9), "dimmed");
            Assert.That(HeatOverlay.Draw(images, zeros_like(heat)).isfinite().all().item<bool>());
        });
    }

    private static PlantedModel Judge(Func<Tensor, Tensor?, Tensor>? judge) => new(LatentSpec.Normal(2), (latent, _) => latent) { Judge = judge };
}
