using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>MS-SSIM against scikit-image and SciPy: the expected values are what metrics_reference.py prints.</summary>
public sealed class StructuralSimilarityTests
{
    [TestCase(2, new long[] { 3, 1, 28, 28 }, 0.69513528715857098, 0.531757582380326, 0.66825697176277232)]
    [TestCase(3, new long[] { 2, 3, 64, 48 }, 0.70005262392118173, 0.72084010611829152)]
    [TestCase(2, new long[] { 2, 2, 45, 33 }, 0.50232539434936374, 0.56224918688575776)]
    [TestCase(1, new long[] { 2, 1, 11, 20 }, 0.51296244628724508, 0.68067238644145578)]
    [TestCase(5, new long[] { 1, 1, 176, 176 }, 0.83319357934159399)]
    public void Pairs_are_as_similar_as_scikit_image_says(int scales, long[] shape, params double[] expected)
    {
        var drawn = ReferenceFeatures.Of(6, 2 * (int)shape[0], (int)(shape[1] * shape[2] * shape[3])).reshape([2, .. shape]) * (4 / 3.0) - 1;
        var similarity = StructuralSimilarity.ofPairs(drawn[0], 0.6 * drawn[0] + 0.4 * drawn[1]);
        Assert.That(StructuralSimilarity.scales((int)shape[2], (int)shape[3]), Is.EqualTo(scales));
        Assert.That(similarity, Is.EqualTo(expected).Within(1e-9));
    }

    [Test]
    public void Copies_are_alike_and_noise_is_not()
    {
        var noise = rand(30, 1, 28, 28) * 2 - 1;
        var values = MeasuredBy.Values("ms-ssim", Images(28, noise, noise[TensorIndex.Slice(0, 1)].repeat(30, 1, 1, 1)));
        Assert.That(values["ms-ssim"], Is.EqualTo(1).Within(1e-6));
        Assert.That(values["ms-ssim-real"], Is.LessThan(0.1));
        Assert.That(values["ms-ssim-scales"], Is.EqualTo(2));
    }

    [Test]
    public void All_pairs_are_compared_where_there_are_few()
    {
        // Two equal images and another one: of three pairs one is of equal images.
        var three = cat([ones(2, 1, 16, 16), rand(1, 1, 16, 16)]);
        var other = StructuralSimilarity.ofPairs(three[TensorIndex.Slice(0, 1)], three[TensorIndex.Slice(2, 3)])[0];
        Assert.That(MeasuredBy.Values("ms-ssim", Images(16, three, three))["ms-ssim"], Is.EqualTo((1 + 2 * other) / 3).Within(1e-9));
    }

    [Test]
    public void Constant_images_have_an_answer() =>
        Assert.That(MeasuredBy.Values("ms-ssim", Images(28, zeros(5, 1, 28, 28), ones(5, 1, 28, 28)))["ms-ssim"], Is.EqualTo(1).Within(1e-12));

    [Test]
    public void Images_under_the_window_are_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(10, rand(5, 1, 10, 10), rand(5, 1, 10, 10))), Throws.TypeOf<ComponentException>().With.Message.Contains("at least 11×11").And.Message.Contains("10×10"));

    [Test]
    public void One_image_has_no_pair() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(28, rand(5, 1, 28, 28), rand(1, 1, 28, 28))), Throws.TypeOf<ComponentException>().With.Message.Contains("1 images to pair"));

    [Test]
    public void Images_that_are_not_finite_are_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(28, rand(5, 1, 28, 28), rand(5, 1, 28, 28) / 0.0)), Throws.TypeOf<ComponentException>().With.Message.Contains("NaN or infinity"));

    [Test]
    public void Other_data_is_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", rand(5, 3), rand(5, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("ms-ssim takes images").And.Message.Contains("vector 3"));

    private static GivenContext Images(int side, Tensor real, Tensor generated) => new(new ImageSpec(1, side, side), new Batch(real), new Batch(generated));
}
