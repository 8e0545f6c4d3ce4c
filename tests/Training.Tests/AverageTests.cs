using System.Globalization;
using NUnit.Framework;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>The moving average of the generator's weights.</summary>
public class AverageTests
{
    // With a batch of 16 an iteration is a whole half-life or a quarter of one: of the old average a half stays, or 0.84.
    [TestCase(0.016)]
    [TestCase(0.064)]
    public void Averages_follow_the_half_life(double halfLifeKimg)
    {
        using var scope = NewDisposeScope();
        var average = string.Create(CultureInfo.InvariantCulture, $"\"ema\": {{ \"halfLifeKimg\": {halfLifeKimg} }}");
        using var training = new PointTraining(training: $"\"iterations\": 3, {average}");
        Tensor Weight() => training.Model.Networks[Roles.Generator].parameters().First().detach().clone();
        var expected = Weight();
        training.Run(each: _ => expected = expected.lerp(Weight(), 1 - Math.Pow(0.5, 0.016 / halfLifeKimg)));

        var found = training.Trainer.WithAverages(Weight);
        Assert.That((found - expected).abs().max().item<float>(), Is.LessThan(1e-6));
        Assert.That(found.Equals(Weight()), Is.False);
    }

    [Test]
    public void Looking_at_the_averages_leaves_no_trace()
    {
        const string settings = "\"ema\": { \"halfLifeKimg\": 0.1 }";
        var options = new TinyOptions { BatchNorm = true, Dropout = 0.5 };
        using var plain = new PointTraining(training: settings, options: options).Run();
        using var watched = new PointTraining(training: settings, options: options);
        watched.Run(each: trainer => trainer.WithAverages(() =>
        {
            using var scope = NewDisposeScope();
            var sampler = new Sampler(watched.Model, CPU);
            return sampler.Generate(10, null, 5).sum().item<float>();
        }));

        Assert.That(watched.Bytes(), Is.EqualTo(plain.Bytes()));
    }
}
