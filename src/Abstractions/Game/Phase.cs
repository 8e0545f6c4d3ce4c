namespace PluginGan;

/// <summary>One kind of update within an iteration.</summary>
/// <param name="Name">Short and unique within the objective: <c>d</c>, <c>d_reg</c>, <c>g</c>.</param>
/// <param name="Trains">The networks (by role) that it updates; all others are frozen meanwhile.</param>
public sealed record Phase(string Name, IReadOnlyList<string> Trains)
{
    /// <summary>How many updates run in a row within one iteration, each on fresh draws (the critic steps of WGAN).</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>Runs at every so many iterations only (lazy regularisation); 1 is always.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>The part of the run in which the phase is active; null is always. Staged training without a branch in the loop.</summary>
    public Window? Active { get; init; }

    /// <summary>
    /// Reuses the batch, latents and generated samples of the phase before it. Honoured where both phases run once an iteration
    /// and gradients are not accumulated; otherwise the draws are fresh. Of the
    /// phases that share one draw, only one may train a network of <see cref="GanModel.Generates"/>: its backward pass uses the graph up.
    /// </summary>
    public bool SharesDraw { get; init; }

    /// <summary>
    /// The side of the adversarial game that it plays; null where it plays none. The recipe's loss and regularisers count in phases of their side (<see cref="StepContext.Adversarial"/>), and
    /// <c>discriminatorSteps</c> multiplies the repeats of the discriminator's.
    /// </summary>
    public Side? Side { get; init; }

    /// <summary>
    /// Its updates are reverted after the iteration: until then later phases meet the networks as they would become (unrolled GAN, arXiv:1611.02163, to first order). Reverted are the weights, the
    /// optimiser's moments and the networks' own buffers. No later phase of the iteration may train the same networks.
    /// </summary>
    public bool RevertsAfterIteration { get; init; }
}
