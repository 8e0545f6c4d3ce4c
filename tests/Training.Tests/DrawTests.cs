using System.Globalization;
using NUnit.Framework;
using PluginGan.TestPlugins;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Which draws of a training differ from each other.</summary>
public class DrawTests
{
    private static readonly Phase D = new("d", [Roles.Discriminator]);
    private static readonly Phase G = new("g", [Roles.Generator]);

    [Test]
    public void No_two_draws_of_a_run_are_alike_be_they_of_iterations_phases_repeats_micro_batches_or_one_step()
    {
        using var scope = NewDisposeScope();
        var (latents, seeds) = (new List<string>(), new List<ulong>());
        using var training = new PointTraining(
            _ => new Scripted([D with { Repeat = 2 }, G], (_, step) =>
            {
                latents.AddRange([Text(step.Latent(2)), Text(step.Latent(2)), Text(step.Generated)]);
                seeds.Add(step.Seed("purpose"));
                return null;
            }),
            "\"iterations\": 3, \"accumulate\": 2");
        training.Run();

        Assert.That(latents, Has.Count.EqualTo(3 * 3 * 2 * 3).And.Unique);
        Assert.That(seeds, Has.Count.EqualTo(3 * 3 * 2).And.Unique);
    }

    [Test]
    public void Augmentations_draw_anew_for_real_for_generated_and_for_further_samples()
    {
        using var scope = NewDisposeScope();
        var noise = new List<Tensor>();
        using var jitter = new Jitter();
        using var training = new PointTraining(
            _ => new Scripted([D], (_, step) =>
            {
                foreach (var samples in new[] { step.Real.Samples, step.Generated, step.Real.Samples })
                    noise.Add((step.Discriminate(samples).Input - samples).detach().MoveToOuterDisposeScope());
                return null;
            }),
            "\"iterations\": 2",
            augmentations: [(jitter, Schedule.Constant(1))]);
        training.Run();

        Assert.That(noise, Has.Count.EqualTo(6));
        foreach (var (one, place) in noise.Select((one, place) => (one, place)))
            foreach (var other in noise.Take(place))
                Assert.That((one - other).abs().max().item<float>(), Is.GreaterThan(0.1));
    }

    private static string Text(Tensor values) => string.Join(' ', values.detach().flatten().data<float>().ToArray().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
