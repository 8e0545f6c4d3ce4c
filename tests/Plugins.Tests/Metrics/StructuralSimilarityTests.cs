using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>MS-SSIM against its definition on intensities of 0 to 255: the expected values are what ms_ssim_reference.py prints.</summary>
public sealed class StructuralSimilarityTests
{
    [TestCase(1, new long[] { 2, 1, 11, 20 }, 1, 0.73459145384331115, 0.82736004003704511)]
    [TestCase(1, new long[] { 2, 1, 11, 20 }, 0.1, 0.88321927143380796, 0.92255262090614265)]
    [TestCase(2, new long[] { 3, 1, 28, 28 }, 1, 0.86271341783706634, 0.7707905650154222, 0.79826072054167341)]
    [TestCase(2, new long[] { 3, 1, 28, 28 }, 0.1, 0.96326761762723989, 0.94667562591383048, 0.95815158527127309)]
    [TestCase(3, new long[] { 2, 3, 64, 48 }, 1, 0.79965616593787958, 0.79551243965126994)]
    [TestCase(3, new long[] { 2, 3, 64, 48 }, 0.1, 0.96726391175947368, 0.96623220278712152)]
    [TestCase(5, new long[] { 1, 1, 176, 176 }, 1, 0.83660334157887872)]
    [TestCase(5, new long[] { 1, 1, 176, 176 }, 0.1, 0.97807103686963992)]
    public void Pairs_are_as_similar_as_the_definition_says(int scales, long[] shape, double contrast, params double[] expected)
    {
        var drawn = ReferenceFeatures.Of(6, 2 * (int)shape[0], (int)(shape[1] * shape[2] * shape[3])).reshape([2, .. shape]) / 1.5;
        // The intensities of the script, brought from 0 ... 255 to -1 ... 1.
        Tensor Image(Tensor values) => (127.5 + contrast * (255 * values - 127.5)) / 127.5 - 1;
        var similarity = StructuralSimilarity.ofPairs(Image(drawn[0]), Image(0.6 * drawn[0] + 0.4 * drawn[1]));
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
        var three = cat([ones(2, 1, 16, 16), -rand(1, 1, 16, 16)]);
        var other = StructuralSimilarity.ofPairs(three[TensorIndex.Slice(0, 1)], three[TensorIndex.Slice(2, 3)])[0];
        Assert.That(MeasuredBy.Values("ms-ssim", Images(16, three, three))["ms-ssim"], Is.EqualTo((1 + 2 * other) / 3).Within(1e-9));
    }

    [Test]
    public void Constant_images_are_alike_and_no_reference()
    {
        Tensor equal = ones(5, 1, 28, 28), varied = rand(5, 1, 28, 28);
        Assert.That(MeasuredBy.Values("ms-ssim", Images(28, varied, equal))["ms-ssim"], Is.EqualTo(1).Within(1e-12));
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(28, equal, varied)), Throws.TypeOf<ComponentException>().With.Message.Contains("the real images do not differ visibly"));
    }

    [Test]
    public void Values_beyond_the_range_are_those_that_an_image_file_holds()
    {
        Tensor images = rand(2, 1, 28, 28) * 4 - 2, cut = images.clamp(-1, 1);
        Assert.That(StructuralSimilarity.ofPairs(images[..1], images[1..]), Is.EqualTo(StructuralSimilarity.ofPairs(cut[..1], cut[1..])));
    }

    [Test]
    public void Images_under_the_window_are_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(10, rand(5, 1, 10, 10), rand(5, 1, 10, 10))), Throws.TypeOf<ComponentException>().With.Message.Contains("at least 11×11").And.Message.Contains("10×10"));

    [Test]
    public void One_image_has_no_pair() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(28, rand(5, 1, 28, 28), rand(1, 1, 28, 28))), Throws.TypeOf<ComponentException>().With.Message.Contains("images to pair: there is 1"));

    [Test]
    public void Images_that_are_not_finite_are_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", Images(28, rand(5, 1, 28, 28), rand(5, 1, 28, 28) / 0.0)), Throws.TypeOf<ComponentException>().With.Message.Contains("NaN or infinity"));

    [Test]
    public void Other_data_is_refused() =>
        Assert.That(() => MeasuredBy.Values("ms-ssim", rand(5, 3), rand(5, 3)), Throws.TypeOf<ComponentException>().With.Message.Contains("ms-ssim takes images").And.Message.Contains("vector 3"));

    private static GivenContext Images(int side, Tensor real, Tensor generated) => new(new ImageSpec(1, side, side), new Batch(real), new Batch(generated));
}
