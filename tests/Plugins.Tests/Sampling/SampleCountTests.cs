using System.Reflection;
using NUnit.Framework;
using PluginGan.Plugins.CtGan;
using PluginGan.Plugins.CycleGan;
using PluginGan.Plugins.DcGan;
using PluginGan.Plugins.Mlp;
using PluginGan.Plugins.Pix2Pix;
using PluginGan.Plugins.Progressive;
using PluginGan.Plugins.R3Gan;
using PluginGan.Plugins.ResNet;
using PluginGan.Plugins.SequenceGan;
using PluginGan.Plugins.StyleGan;
using PluginGan.Plugins.TimeGan;
using PluginGan.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Sampling;

/// <summary>A sample of every architecture is the same, to the last bit, however many are asked for.</summary>
public sealed class SampleCountTests
{
    private static readonly TableSpec Table = new([new ColumnSpec("kind", ["a", "b", "c"]), new ColumnSpec("x", null)]);
    private static readonly ImageSpec Image = new(1, 28, 28);
    private static readonly ClassCondition Classes = new(["a", "b", "c"]);

    // With classes where the flag says so; null for a kind without.
    private static readonly Dictionary<string, Func<bool, GanModel?>> Architectures = new()
    {
        ["mlp"] = classes => new MlpModel(new() { GeneratorWidths = [16, 16], DiscriminatorWidths = [4], Latent = 5, LatentDistribution = LatentDistribution.Uniform, Categorical = 3, Conditional = classes }, Of(new VectorSpec(3), classes)),
        ["dcgan"] = classes => new DcGanModel(new() { Width = 4, Latent = 7, Conditional = classes }, Of(Image, classes)),
        ["dcgan-autoencoder"] = classes => new DcGanAutoencoder(new() { Width = 4, Latent = 7, Conditional = classes }, Of(Image, classes)),
        ["dcgan-encoder"] = classes => new DcGanEncoderModel(new() { Width = 4, Latent = 7, Conditional = classes }, Of(Image, classes)),
        ["dcgan-bigan"] = classes => classes ? null : new DcGanBiGan(new() { Width = 4, Latent = 7 }, Of(Image, classes)),
        ["resnet"] = classes => new ResNetModel(new() { Width = 4, GreatestFactor = 2, Latent = 7, Conditional = classes, AttentionAt = 7 }, Of(Image, classes)),
        ["r3gan"] = classes => new R3GanModel(new() { Width = 4, GreatestFactor = 2, GroupWidth = 4, Latent = 7, Conditional = classes }, Of(Image, classes)),
        ["style-gan"] = classes => new StyleGanModel(new() { Width = 4, GreatestFactor = 2, Latent = 7, Style = 5, Conditional = classes }, Of(Image, classes)),
        ["progressive"] = classes => new ProgressiveModel(new() { Width = 4, GreatestFactor = 2, Latent = 7, Conditional = classes }, Of(Image, classes)),
        ["pix2pix"] = classes => classes ? null : new Pix2PixModel(new() { Width = 4 }, new ModelSpec(new DataSpec(Image, new SampleCondition(Image)), 1)),
        ["cyclegan"] = classes => classes ? null : new CycleGanModel(new() { Width = 4, Blocks = 1 }, new ModelSpec(new DataSpec(Image, new SampleCondition(Image)), 1)),
        ["ctgan"] = classes => classes ? null : Learnt(new CtGanModel(new() { Latent = 6, GeneratorWidths = [8], CriticWidths = [8], Modes = 3 }, new ModelSpec(new DataSpec(Table, new VectorCondition(3)), 1)),
            Table, stack([arange(300).remainder(3).to(ScalarType.Float32), randn(300)], 1)),
        ["timegan"] = classes => classes ? null : Learnt(new TimeGanModel(new() { Width = 5, Layers = 1 }, Of(new SeriesSpec(6, 2), false)), new SeriesSpec(6, 2), rand(20, 6, 2)),
        ["sequence-gan"] = classes => classes ? null : new SequenceGanModel(new() { Width = 6, Latent = 7 }, Of(new SequenceSpec(6, ["a", "b", "c"]), false)),
    };

    private static readonly string[] Names = [.. Architectures.Keys];

    [TearDown]
    public void OneThread() => set_num_threads(1);

    [Test]
    public void Samples_are_the_same_for_any_count([ValueSource(nameof(Names))] string architecture, [Values] bool classes, [Values(1, 2)] int threads)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        set_num_threads(threads);
        using var model = Architectures[architecture](classes);
        if (model is null)
            return;
        Prepare(model);
        var sampler = new Sampler(model, CPU);
        var conditions = model.Condition is SampleCondition source ? rand([64, .. source.Sample.Shape]) : Sampler.ClassesInTurn(model.Condition, 64);
        Tensor Samples(int count) => sampler.Generate(count, conditions?.narrow(0, 0, count), 5);

        var whole = Samples(64);
        foreach (var count in (int[])[1, 7, 32, 33])
            Assert.That(Samples(count).bytes.ToArray(), Is.EqualTo(whole.narrow(0, 0, count).contiguous().bytes.ToArray()), $"{count}");
        Assert.That(whole.sub(whole[0]).abs().max().item<float>(), Is.GreaterThan(0), "samples differ");
    }

    [Test]
    public void No_architecture_is_left_out()
    {
        var repository = typeof(SampleCountTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        var plugins = Directory.GetDirectories(Path.Combine(repository, "plugins")).Select(folder => Assembly.Load($"PluginGan.{Path.GetFileName(folder)}"))
            .SelectMany(assembly => assembly.GetTypes()).Where(type => typeof(IGanPlugin).IsAssignableFrom(type));

        Assert.That(plugins.SelectMany(plugin => new Registered((IGanPlugin)Activator.CreateInstance(plugin)!).Names<GanModel>()), Is.EquivalentTo(Names));
    }

    private static ModelSpec Of(SampleSpec sample, bool classes) => new(new DataSpec(sample, classes ? Classes : ConditionSpec.None), 1);

    private static GanModel Learnt(GanModel model, SampleSpec spec, Tensor samples)
    {
        using var data = new TensorDataset(new DataSpec(spec, ConditionSpec.None), samples);
        model.Learn(data);
        return model;
    }

    // As after a training: every weight has moved, the strength of noise too, which begins at 0.
    private static void Prepare(GanModel model)
    {
        using var quiet = no_grad();
        foreach (var network in model.Networks.Values)
        {
            network.eval();
            foreach (var parameter in network.parameters())
                parameter.add_(randn_like(parameter).mul_(0.1));
        }
        model.Advance(1);
    }
}
