using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// The general case of a game: phases and their losses, stated as data and mathematics. The host runs the phases, does backward and
/// the steps; an objective never touches an optimiser, a device or a file.
/// </summary>
public abstract class Objective : Component
{
    /// <summary>The phases in the order in which they run within one iteration. The list does not change during a run.</summary>
    public abstract IReadOnlyList<Phase> Phases { get; }

    /// <summary>Networks that belong to the objective and not to the model (a Q head, a supervisor), by role. Trained and checkpointed like the model's.</summary>
    public virtual IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>();

    /// <summary>
    /// The pairs that its game is played on: what <see cref="StepContext.Adversarial"/> takes without arguments, and what regularisers at intervals are applied to, in phases of their own that come before
    /// all others (discriminator) or after them (generator). By default <see cref="StepContext.Pair"/>.
    /// </summary>
    /// <param name="side">The side that is updated.</param>
    /// <param name="step">The update.</param>
    public virtual IReadOnlyList<Pair> Pairs(Side side, StepContext step) => [step.Pair];

    /// <summary>The loss of one update.</summary>
    /// <param name="phase">One of <see cref="Phases"/>.</param>
    /// <param name="step">The batch, the model and everything else that a loss may see.</param>
    /// <returns>A scalar, or null to skip the update.</returns>
    public abstract Tensor? Loss(Phase phase, StepContext step);

    /// <summary>Called after the optimiser's step of a phase (also where a loss of null skipped it), without gradients.</summary>
    /// <param name="phase">The phase that has just been stepped.</param>
    /// <param name="parameters">The parameters that it trains, to be changed in place.</param>
    public virtual void AfterStep(Phase phase, IReadOnlyList<Tensor> parameters)
    {
    }
}
