using System.Reflection;
using NUnit.Framework;
using PluginGan.Plugins.Metrics;
using PluginGan.Plugins.Tests.Mnist;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Networks from TorchScript files: extractors_reference.py makes the files and the constants.</summary>
public class TorchScriptTests
{
    [TestCase(Resizing.PillowBicubic, 7, 5, 3, new[] { 0.620899f, 0.266669f, -0.385721f, -0.490803f, -0.355902f, 0.176929f, 0.488390f, 0.537724f, -0.014166f })]
    [TestCase(Resizing.PillowBilinear, 7, 5, 3, new[] { 0.562030f, 0.244252f, -0.330231f, -0.390756f, -0.275993f, 0.128835f, 0.456247f, 0.474963f, -0.005501f })]
    [TestCase(Resizing.TorchBilinear, 7, 5, 3, new[] { 0.754182f, 0.492691f, -0.391307f, -0.877573f, -0.705540f, 0.357930f, 0.673167f, 0.654852f, -0.190857f })]
    [TestCase(Resizing.TensorflowBilinear, 7, 5, 3, new[] { 0.198669f, 0.927491f, 0.544177f, -0.049434f, -0.732791f, -0.531120f, 0.012312f, 0.720338f, 0.556233f })]
    [TestCase(Resizing.PillowBicubic, 3, 4, 6, new[] { 0.085229f, 0.418644f, 0.855765f, 1.052352f, 0.969046f, 0.836331f, 0.335258f, 0.572048f, 0.851437f, 0.896953f, 0.699481f, 0.509159f, 0.865093f, 0.897341f, 0.842777f, 0.568304f, 0.128877f, -0.183585f, 0.928880f, 0.776038f, 0.466257f, 0.044597f, -0.404516f, -0.682154f, 0.518241f, 0.224077f, -0.228653f, -0.605360f, -0.830618f, -0.921042f, 0.324532f, -0.036428f, -0.556768f, -0.912360f, -1.032005f, -1.034074f })]
    [TestCase(Resizing.PillowBilinear, 3, 4, 6, new[] { 0.198669f, 0.490998f, 0.819368f, 0.963532f, 0.872639f, 0.745705f, 0.398376f, 0.593998f, 0.792931f, 0.806180f, 0.629071f, 0.448649f, 0.797789f, 0.799996f, 0.740058f, 0.491476f, 0.141933f, -0.145464f, 0.831868f, 0.675272f, 0.425821f, 0.054399f, -0.307980f, -0.577504f, 0.500615f, 0.219826f, -0.149781f, -0.505052f, -0.720670f, -0.847470f, 0.334988f, -0.007898f, -0.437582f, -0.784777f, -0.927014f, -0.982453f })]
    [TestCase(Resizing.TorchBilinear, 3, 4, 6, new[] { 0.198669f, 0.490998f, 0.819368f, 0.963533f, 0.872639f, 0.745705f, 0.398376f, 0.593998f, 0.792931f, 0.806180f, 0.629071f, 0.448649f, 0.797789f, 0.799996f, 0.740058f, 0.491476f, 0.141933f, -0.145464f, 0.831868f, 0.675272f, 0.425821f, 0.054399f, -0.307980f, -0.577504f, 0.500615f, 0.219826f, -0.149781f, -0.505052f, -0.720670f, -0.847470f, 0.334988f, -0.007898f, -0.437582f, -0.784777f, -0.927014f, -0.982453f })]
    [TestCase(Resizing.TensorflowBilinear, 3, 4, 6, new[] { 0.198669f, 0.588441f, 0.855409f, 0.999574f, 0.830328f, 0.745705f, 0.598082f, 0.729969f, 0.737078f, 0.619411f, 0.307532f, 0.151592f, 0.997495f, 0.871496f, 0.618747f, 0.239249f, -0.215264f, -0.442520f, 0.666242f, 0.374652f, 0.047183f, -0.316163f, -0.580379f, -0.712487f, 0.334988f, -0.122193f, -0.524381f, -0.871576f, -0.945494f, -0.982453f, 0.334988f, -0.122193f, -0.524381f, -0.871576f, -0.945494f, -0.982453f })]
    public void Images_are_resized_as_the_reference_does_it(Resizing resizing, int height, int width, int size, float[] expected)
    {
        using var scope = NewDisposeScope();
        var image = (arange(height, ScalarType.Float32).unsqueeze(1) * 1.3f + arange(width, ScalarType.Float32) * 0.7f + 0.2f).sin().view(1, 1, height, width);

        using var extractor = Create(new TorchScriptOptions { Path = File("pixels.pt"), Channels = 1, Size = size, Resize = resizing }, new ImageSpec(1, height, width));

        Assert.That(extractor.Extract(image).Features.data<float>().ToArray(), Is.EqualTo(expected).Within(2e-6f));
    }

    [Test]
    public void Grey_images_are_repeated_and_brought_to_the_range_mean_and_deviation_of_the_network()
    {
        using var scope = NewDisposeScope();
        using var extractor = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 0, Range = PixelRange.Unit, Mean = [0.5, 0, 0.25], Deviation = [0.5, 1, 2] }, new ImageSpec(1, 4, 4));
        var features = extractor.Extract(full([2, 1, 4, 4], 0.5f)).Features.data<float>().ToArray();

        Assert.That(extractor.Dimension, Is.EqualTo(6));
        Assert.That(features.Take(6), Is.EqualTo(new[] { 0.5f, 0.75f, 0.25f, 0.25f, 0.5625f, 0.0625f }).Within(1e-6f));
    }

    [TestCase(PixelRange.Signed, 0.5f)]
    [TestCase(PixelRange.Unit, 0.75f)]
    [TestCase(PixelRange.Bytes, 191.25f)]
    public void Pixels_have_the_range_that_is_asked_for(PixelRange range, float expected)
    {
        using var scope = NewDisposeScope();
        using var extractor = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 0, Range = range }, new ImageSpec(3, 4, 4));

        Assert.That(extractor.Extract(full([1, 3, 4, 4], 0.5f)).Features[0, 0].item<float>(), Is.EqualTo(expected));
    }

    [Test]
    public void A_pair_is_features_and_logits_and_one_output_is_what_the_options_say()
    {
        using var scope = NewDisposeScope();
        var images = rand(120, 3, 4, 4);
        using var pair = Create(new TorchScriptOptions { Path = File("pair.pt"), Size = 0 }, new ImageSpec(3, 4, 4));
        using var logits = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 0, Output = ScriptOutput.Logits }, new ImageSpec(3, 4, 4));
        using var features = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 0 }, new ImageSpec(3, 4, 4));

        var both = pair.Extract(images);
        Assert.That((both.Features.shape, both.Logits!.shape, pair.Dimension), Is.EqualTo((new long[] { 120, 3 }, new long[] { 120, 2 }, 3)));
        Assert.That(both.Logits.select(1, 1).sub(images.amax([1, 2, 3])).abs().max().item<float>(), Is.Zero, "chunks stay in order");
        Assert.That(logits.Extract(images).Logits!.shape, Is.EqualTo(new long[] { 120, 6 }));
        Assert.That(features.Extract(images).Logits, Is.Null);
    }

    [Test]
    public void What_is_done_to_images_and_the_file_are_what_features_are_known_by()
    {
        using var one = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 8 }, new ImageSpec(3, 4, 4));
        using var other = Create(new TorchScriptOptions { Path = File("means.pt"), Size = 8, Resize = Resizing.TorchBilinear }, new ImageSpec(3, 4, 4));
        using var third = Create(new TorchScriptOptions { Path = File("pair.pt"), Size = 8 }, new ImageSpec(3, 4, 4));

        Assert.That(one.Preparation, Is.EqualTo("3 channels, 8×8 by pillowbicubic, range signed, output features"));
        Assert.That(other.Preparation, Is.Not.EqualTo(one.Preparation));
        Assert.That(other.Fingerprint, Is.EqualTo(one.Fingerprint).And.Length.EqualTo(64));
        Assert.That(third.Fingerprint, Is.Not.EqualTo(one.Fingerprint));
    }

    [Test]
    public void What_is_no_module_is_refused_by_its_path_and_so_is_what_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var broken = System.IO.Path.Combine(folder.Path, "broken.pt");
        System.IO.File.WriteAllText(broken, "no module");

        Assert.That(() => Create(new TorchScriptOptions { Path = broken }, new ImageSpec(3, 4, 4)), Refusal("broken.pt', which is no TorchScript module: "));
        Assert.That(() => Create(new TorchScriptOptions { Path = $"{broken}.not" }, new ImageSpec(3, 4, 4)), Refusal("not': Could not find file"));
    }

    [Test]
    public void A_network_that_does_not_take_the_images_is_found_out_when_it_is_made()
    {
        Assert.That(() => Create(new TorchScriptOptions { Path = File("means.pt"), Channels = 4 }, new ImageSpec(3, 4, 4)), Refusal("a network for 4 channels, and the data has 3"));
        Assert.That(() => Create(new TorchScriptOptions { Path = File("means.pt"), Mean = [1, 2] }, new ImageSpec(3, 4, 4)), Refusal("'mean' holds 2 numbers"));
        Assert.That(() => Create(new TorchScriptOptions { Path = File("flat.pt"), Size = 0 }, new ImageSpec(3, 4, 4)), Refusal("it gives a tensor of shape [2]"));
        Assert.That(() => Create(new TorchScriptOptions { Path = File("narrow.pt"), Size = 0 }, new ImageSpec(3, 4, 4)), Refusal("on images of 3 channels and size 0: "));
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);

    private static FeatureExtractor Create(TorchScriptOptions options, SampleSpec sample) =>
        new Registered(new MetricsPlugin(), new ComponentContext { DataFolder = System.IO.Path.GetTempPath(), Data = new DataSpec(sample, ConditionSpec.None) }).Create<FeatureExtractor>("torchscript", options);

    private static string File(string name)
    {
        var repository = typeof(TorchScriptTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        return System.IO.Path.Combine(repository, "tests", "Plugins.Tests", "Metrics", "Extractors", name);
    }
}
