using System.Text.Json;
using NUnit.Framework;
using TorchSharp;

namespace PluginGan.Abstractions.Tests;

public class SpecTests
{
    private static readonly SampleSpec[] Samples =
    [
        new ImageSpec(3, 32, 24), new VideoSpec(8, 1, 16, 16, 12.5), new SeriesSpec(24, 6), new SequenceSpec(5, ["A", "C", "G", "T"]),
        new TableSpec([new ColumnSpec("age", null), new ColumnSpec("colour", ["red", "blue"])]), new VectorSpec(2),
    ];

    private static readonly ConditionSpec[] Conditions =
        [ConditionSpec.None, new ClassCondition(["cat", "dog"]), new VectorCondition(7), new SampleCondition(new ImageSpec(1, 28, 28))];

    [TestCaseSource(nameof(Samples))]
    public void A_sample_spec_survives_being_saved_with_a_run(SampleSpec spec)
    {
        var text = JsonSerializer.Serialize(spec, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<SampleSpec>(text, JsonSerializerOptions.Web)!;

        Assert.That(read.GetType(), Is.EqualTo(spec.GetType()));
        Assert.That(read.Shape, Is.EqualTo(spec.Shape));
        Assert.That(JsonSerializer.Serialize(read, JsonSerializerOptions.Web), Is.EqualTo(text));
    }

    [TestCaseSource(nameof(Conditions))]
    public void A_condition_spec_survives_being_saved_with_a_run(ConditionSpec spec)
    {
        var text = JsonSerializer.Serialize(spec, JsonSerializerOptions.Web);
        var read = JsonSerializer.Deserialize<ConditionSpec>(text, JsonSerializerOptions.Web)!;

        Assert.That(read.Kind, Is.EqualTo(spec.Kind));
        Assert.That(JsonSerializer.Serialize(read, JsonSerializerOptions.Web), Is.EqualTo(text));
    }

    [TestCase("dog", 1)]
    [TestCase("DOG", 1)]
    [TestCase("0", 0)]
    [TestCase("2", -1)]
    [TestCase("-1", -1)]
    [TestCase("mouse", -1)]
    public void A_class_is_found_by_its_name_in_any_case_or_by_its_index(string given, int expected) =>
        Assert.That(new ClassCondition(["cat", "dog"]).IndexOf(given), Is.EqualTo(expected));

    [Test]
    public void A_class_of_exactly_that_name_wins_over_one_in_another_case() => Assert.That(new ClassCondition(["Boot", "boot", "BOOT"]).IndexOf("boot"), Is.EqualTo(1));

    [Test]
    public void An_image_is_told_by_its_width_and_height_in_that_order()
    {
        Assert.That(new ImageSpec(3, 32, 24).ToString(), Is.EqualTo("image 24×32 (3 channels)"));
        Assert.That(new VideoSpec(8, 1, 16, 12, 12.5).ToString(), Is.EqualTo("video 12×16 of 8 frames (1 channel)"));
    }

    [TestCaseSource(nameof(Told))]
    public void What_a_message_may_tell_is_told_in_words(object part, string expected) => Assert.That(part.ToString(), Is.EqualTo(expected));

    private static IEnumerable<object[]> Told =>
    [
        [new DataSpec(new VectorSpec(2), new ClassCondition(["cat"])), "vector 2 with 1 class"],
        [new DataSpec(new ImageSpec(1, 28, 28), ConditionSpec.None), "image 28×28 (1 channel) with no condition"],
        [new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 2), "vector 2 with no condition, 2 samples packed"],
        [new ColumnSpec("age", null), "column 'age' of numbers"],
        [new ColumnSpec("colour", ["red", "blue"]), "column 'colour' of 2 categories"],
        [new LatentSpec([new NormalPart(62), new CategoricalPart(10), new UniformPart(2)]) { Length = 5 }, "62 normal values, 10 categories, 2 uniform values at each of 5 steps"],
        [new DatasetChoice("mnist"), "dataset 'mnist'"],
    ];

    [Test]
    public void A_class_whose_name_is_a_number_is_found_by_its_name() => Assert.That(new ClassCondition(["1", "0"]).IndexOf("1"), Is.Zero);

    [Test]
    public void A_latent_is_as_wide_as_its_parts_together() =>
        Assert.That(new LatentSpec([new NormalPart(62), new CategoricalPart(10), new UniformPart(2)]).Size, Is.EqualTo(74));

    [TestCase(0.2, 0.5, 0.1, false)]
    [TestCase(0.2, 0.5, 0.2, true)]
    [TestCase(0.2, 0.5, 0.5, false)]
    [TestCase(0.2, 1.0, 1.0, true)]
    public void A_window_is_open_from_its_start_to_before_its_end_and_to_the_very_end_of_the_run(double from, double to, double progress, bool open) =>
        Assert.That(new Window(from, to).Contains(progress), Is.EqualTo(open));

    [Test]
    public void A_head_that_is_missing_is_named_with_those_that_exist()
    {
        using var scope = torch.NewDisposeScope();
        var output = new DiscriminatorOutput(torch.zeros(1), new Dictionary<string, torch.Tensor> { ["features"] = torch.zeros(1) });
        Assert.That(() => output.Head("classes"), Throws.TypeOf<ComponentException>().With.Message.Contains("'classes'").And.Message.Contains("features"));
    }
}
