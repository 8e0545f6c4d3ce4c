using PluginGan.Plugins.Losses;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Twenty iterations of 32 on random images.</summary>
internal static class ImageTraining
{
    /// <summary>Trains, and gives all weights and states at the end.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="penalty">The weight of a gradient penalty, or 0.</param>
    /// <param name="settings">More of <c>training</c> in a recipe.</param>
    /// <param name="around">What stands around the usual game.</param>
    public static IReadOnlyDictionary<string, Tensor> Run(GanModel model, AdversarialLoss loss, double penalty, string settings, Func<Objective, Objective> around)
    {
        WeightedRegularizer[] regularizers = penalty > 0 ? [new("gradient-penalty", Smoothness.gradientPenalty(new GradientPenaltyOptions()), penalty, 1)] : [];
        using var objective = around(AdversarialObjective.Of(model, loss, regularizers));
        using var dataset = new NoiseImages();
        using var data = BatchSource.Open(dataset, 1, CPU);
        using var trainer = new Trainer(new TrainerSetup
        {
            Model = model,
            Objective = objective,
            Loss = loss,
            Regularizers = regularizers,
            Data = data,
            Training = PointTraining.Settings($"\"batch\": 32, {settings}"),
            Seed = 1,
        });
        trainer.Run(new Silent(), CancellationToken.None);
        return trainer.Capture().Tensors;
    }

    private sealed class Silent : ITrainingObserver;
}
