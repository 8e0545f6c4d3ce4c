using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The usual game, where a recipe names no objective: the discriminator's update <c>d</c>, then the generator's update <c>g</c>, each minimising the recipe's loss and regularisers.</summary>
public sealed class AdversarialObjective : Objective
{
    /// <param name="model">The model: its generating networks are trained in <c>g</c>.</param>
    /// <param name="sides">The sides that have something to minimise.</param>
    private AdversarialObjective(GanModel model, IReadOnlyCollection<Side> sides) => Phases =
    [
        .. new Phase[]
        {
            new("d", [Roles.Discriminator]) { Side = Side.Discriminator },
            new("g", model.Generates) { Side = Side.Generator, SharesDraw = true },
        }.Where(phase => sides.Contains(phase.Side!.Value)),
    ];

    /// <summary>The usual game of a recipe's loss and regularisers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">The loss; null for regularisers alone, where a side without one is not updated.</param>
    /// <param name="regularizers">The regularisers.</param>
    public static AdversarialObjective Of(GanModel model, AdversarialLoss? loss, IReadOnlyList<WeightedRegularizer> regularizers) =>
        new(model, loss is null ? [.. regularizers.Where(term => term.Interval == 1).Select(term => term.Regularizer.Side)] : Enum.GetValues<Side>());

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => step.Adversarial().Loss;
}
