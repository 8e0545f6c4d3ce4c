using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Twenty iterations of 32 on random images.</summary>
internal static class ImageTraining
{
    /// <summary>Trains, and gives all weights and states at the end.</summary>
    /// <param name="model">The model.</param>
    /// <param name="objective">The game.</param>
    /// <param name="settings">More of <c>training</c> in a recipe.</param>
    public static IReadOnlyDictionary<string, Tensor> Run(GanModel model, Objective objective, string settings)
    {
        using var dataset = new NoiseImages();
        using var data = BatchSource.Open(dataset, 1, CPU);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Data = data,
            Training = PointTraining.Settings($"\"batch\": 32, {settings}"),
            Seed = 1,
        });
        trainer.Run(new Silent(), CancellationToken.None);
        return trainer.Capture().Tensors;
    }

    /// <summary>A loss with a gradient penalty of that weight, if it has one.</summary>
    public static AdversarialObjective Objective(AdversarialLoss loss, GanModel model, double penalty, int discriminatorSteps = 1) => new(
        loss,
        penalty > 0 ? [new WeightedRegularizer("gradient-penalty", Smoothness.gradientPenalty(new GradientPenaltyOptions()), penalty, 1)] : [],
        model,
        discriminatorSteps);

    private sealed class Silent : ITrainingObserver;
}
