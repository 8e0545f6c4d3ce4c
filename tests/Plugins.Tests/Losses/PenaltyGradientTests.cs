using NUnit.Framework;
using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// The gradients of every penalty by the weights that its phase trains, in float64 against central differences of the penalty itself, with and without packing.
/// Those of penalties on gradients are derivatives of derivatives.
/// </summary>
public sealed class PenaltyGradientTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static readonly Dictionary<string, object[]> Options = new()
    {
        ["mean-distance"] =
        [
            new MeanDistanceOptions(), new MeanDistanceOptions { Metric = DistanceMetric.Mahalanobis },
            new MeanDistanceOptions { Metric = DistanceMetric.Mahalanobis, Space = DistanceSpace.Features },
        ],
        // Averages that stay as they are: what a penalty is pulled to carries no gradient.
        ["lecam"] = [new LeCamOptions { Decay = 1 - 1e-9 }],
        ["path-length"] = [new PathLengthOptions { Decay = 1 - 1e-9 }],
    };

    public static IEnumerable<TestCaseData> Penalties() =>
        from name in Plugin.Names<Regularizer>().Where(name => name != "weight-clipping")
        from options in Options.GetValueOrDefault(name, [null!])
        from pack in new[] { 1, 2 }
        select new TestCaseData(name, options, pack).SetArgDisplayNames(name, options is MeanDistanceOptions { Metric: var metric, Space: var space } ? $"{metric} {space}" : "", $"{pack}");

    [TestCaseSource(nameof(Penalties))]
    public void The_gradient_of_a_penalty_by_the_weights_matches_finite_differences(string name, object? options, int pack)
    {
        using var scope = NewDisposeScope();
        manual_seed(11);
        using var model = new SmoothModel(pack);
        var (real, latents) = (randn(4, 1, 6, 6, float64), randn(4, 3, float64));
        using var regularizer = Plugin.Create<Regularizer>(name, options);
        var trainsGenerator = regularizer.Side == Side.Generator;
        string[] trained = trainsGenerator ? [Roles.Mapping, Roles.Generator] : [Roles.Discriminator];
        Tensor Penalty()
        {
            foreach (var (_, number) in regularizer.State?.named_buffers() ?? [])
                number.fill_(1);
            var fake = model.Generate(latents, null);
            return regularizer.Penalty(new DiscriminatorStep(real, fake, model) { Pack = pack, TrainsGenerator = trainsGenerator, Latents = latents })!;
        }

        var penalty = Penalty();
        penalty.backward();

        Assert.That(penalty.item<double>(), Is.GreaterThan(1e-3));
        foreach (var weight in trained.SelectMany(role => model.Networks[role].parameters()))
        {
            using var perturbed = NewDisposeScope();
            var expected = Differences.By(weight, () => Penalty().item<double>());
            // A bias behind which a penalty does not look may have no gradient at all.
            var actual = weight.grad?.flatten().data<double>().ToArray() ?? new double[expected.Length];
            Assert.That(actual, Is.EqualTo(expected).Within(1e-7 * Math.Max(1, expected.Max(Math.Abs))));
        }
        var norms = trained.SelectMany(role => model.Networks[role].parameters()).Select(weight => weight.grad?.norm().item<double>() ?? 0).ToList();
        Assert.That(norms, Has.Some.GreaterThan(1e-3));
    }
}
