using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// A term added to the loss of one phase, or a change of the weights after its step. Weight, schedule and interval belong to the
/// host and stand in the recipe beside the component's name; a penalty returns its bare value.
/// </summary>
public abstract class Regularizer : Component
{
    /// <summary>The phase that it belongs to: <c>d</c> or <c>g</c>.</summary>
    public abstract string Phase { get; }

    /// <summary>True where the penalty differentiates by <see cref="AdversarialStep.RealInput"/> or <see cref="AdversarialStep.FakeInput"/>; they carry a gradient only then.</summary>
    public virtual bool DifferentiatesInput => false;

    /// <summary>The penalty, a scalar before weighting; null for none.</summary>
    public virtual Tensor? Penalty(AdversarialStep step) => null;

    /// <summary>Called after the optimiser's step of the phase, without gradients: weight clipping.</summary>
    /// <param name="parameters">The parameters that the phase trains, to be changed in place.</param>
    public virtual void AfterStep(IReadOnlyList<Tensor> parameters)
    {
    }
}
