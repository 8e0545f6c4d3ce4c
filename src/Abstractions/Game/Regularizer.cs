using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// A term added to the loss of one side, or a change of the weights after its step. Weight, schedule and interval belong to the
/// host and stand in the recipe beside the component's name; a penalty returns its bare value.
/// </summary>
public abstract class Regularizer : Component
{
    /// <summary>Whose updates it is added to.</summary>
    public abstract Side Side { get; }

    /// <summary>True where the penalty differentiates by <see cref="Verdict.Input"/>; it carries a gradient only then.</summary>
    public virtual bool DifferentiatesInput => false;

    /// <summary>The penalty on a pair that is told apart, a scalar before weighting; null for none. Summed where a game has several pairs.</summary>
    public virtual Tensor? Penalty(JudgedPair pair) => null;

    /// <summary>The penalty on the model, whatever is told apart, a scalar before weighting; null for none.</summary>
    public virtual Tensor? ModelPenalty(StepContext step) => null;

    /// <summary>Called after the optimiser's step of the phase, without gradients: weight clipping.</summary>
    /// <param name="parameters">The parameters of the model's networks that the phase trains, to be changed in place.</param>
    public virtual void AfterStep(IReadOnlyList<Tensor> parameters)
    {
    }
}
