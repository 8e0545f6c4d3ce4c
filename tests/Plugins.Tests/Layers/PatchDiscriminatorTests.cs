using NUnit.Framework;
using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Layers;

public sealed class PatchDiscriminatorTests
{
    [TestCase(28, 1, 12)]
    [TestCase(28, 2, 5)]
    [TestCase(28, 3, 1)]
    [TestCase(32, 3, 2)]
    [TestCase(56, 3, 5)]
    [TestCase(64, 3, 6)]
    [TestCase(112, 4, 5)]
    [TestCase(128, 3, 14)]
    public void There_is_a_logit_for_each_patch(int side, int depth, int patches)
    {
        using var scope = NewDisposeScope();
        Assert.That(Judge(zeros(2, 3, side, side), depth).shape, Is.EqualTo(new long[] { 2, 1, patches, patches }));
    }

    // The sides of the receptive fields in arXiv:1611.07004, appendix 6.1.2, and one more.
    [TestCase(1, 16)]
    [TestCase(2, 34)]
    [TestCase(3, 70)]
    [TestCase(4, 142)]
    public void A_logit_sees_a_patch_of_the_known_size_and_no_more(int depth, int patch)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var image = randn(1, 1, 2 * patch, 2 * patch).requires_grad_();
        using var discriminator = new PatchDiscriminator(1, 2, depth, _ => nn.Identity());
        var logits = discriminator.call(image);
        logits[0, 0, logits.shape[2] / 2, logits.shape[3] / 2].backward();

        var seen = image.grad!.ne(0);
        Assert.Multiple(() =>
        {
            Assert.That(Extent(seen.any(2)), Is.EqualTo(patch));
            Assert.That(Extent(seen.any(3)), Is.EqualTo(patch));
        });
    }

    [TestCase(5, 0)]
    [TestCase(6, 1)]
    [TestCase(28, 3)]
    [TestCase(128, 5)]
    public void The_largest_depth_is_the_last_that_leaves_a_patch(int side, int depth)
    {
        using var scope = NewDisposeScope();
        Assert.That(PatchDiscriminator.LargestDepth(side), Is.EqualTo(depth));
        if (depth > 0)
            Assert.That(Judge(zeros(1, 1, side, side), depth).shape[2], Is.GreaterThan(0));
        Assert.That(() => Judge(zeros(1, 1, side, side), depth + 1), Throws.Exception);
    }

    private static Tensor Judge(Tensor images, int depth)
    {
        using var discriminator = new PatchDiscriminator(images.shape[1], 4, depth, channels => nn.InstanceNorm2d(channels));
        return discriminator.call(images);
    }

    private static long Extent(Tensor marked)
    {
        var places = marked.flatten().nonzero().flatten().data<long>().ToArray();
        return places[^1] - places[0] + 1;
    }
}
