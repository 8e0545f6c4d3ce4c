using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// All that a loss may see: one micro-batch of one update. Tensors live until the end of the update (of the last phase that
/// shares the draw), on the device of the run.
/// </summary>
public abstract class StepContext
{
    /// <summary>The model in training mode.</summary>
    public abstract GanModel Model { get; }

    /// <summary>A batch of real samples, scaled, drawn when first asked for.</summary>
    public abstract Batch Real { get; }

    /// <summary>The condition of <see cref="Real"/> where the model takes one, else null.</summary>
    public abstract Tensor? Condition { get; }

    /// <summary>The iteration, counted from 0.</summary>
    public long Iteration => Time.Iteration;

    /// <summary>The share of the run that is done, 0 to 1.</summary>
    public double Progress => Time.Share;

    /// <summary>Where the run stands, for options that follow a <see cref="Schedule"/>.</summary>
    public abstract TrainingTime Time { get; }

    /// <summary>Which of the phase's repeats this is, counted from 0.</summary>
    public abstract int Repeat { get; }

    /// <summary>Which micro-batch of an accumulated gradient this is, counted from 0.</summary>
    public abstract int Micro { get; }

    /// <summary>Draws latents, [count, Size]; each call within a step draws anew.</summary>
    public abstract Tensor Latent(long count);

    /// <summary>
    /// Generated samples under <see cref="Condition"/>, as many as in <see cref="Real"/>, made when first asked for. They carry a
    /// gradient where the phase trains a network of <see cref="GanModel.Generates"/>, and none otherwise.
    /// </summary>
    public abstract Tensor Generated { get; }

    /// <summary>The usual pair: <see cref="Real"/> against <see cref="Generated"/>, judged by the model under <see cref="Condition"/>.</summary>
    public Pair Pair => new(() => new(Real.Samples, Condition), () => new(Generated, Condition), Model.Discriminate);

    /// <summary>
    /// Asks a discriminator: applies the run's augmentations at their present strength, packs, and judges. What mixed precision has left in 16 bits is raised to float32.
    /// </summary>
    /// <param name="candidates">Gives the samples, and what they are judged under, when the verdict is first asked for them.</param>
    /// <param name="judge">The discriminator; null for the model's.</param>
    /// <param name="differentiates">Whether <see cref="Verdict.Input"/> must carry a gradient, for penalties that differentiate by it.</param>
    /// <param name="neutralLogit">
    /// Where the samples are real and the phase trains the discriminator, the logit of one that cannot tell (<see cref="AdversarialLoss.NeutralLogit"/>): the verdict is then shown to augmentations whose
    /// strength adapts to it. Null shows nothing.
    /// </param>
    public abstract Verdict Discriminate(Func<Candidates> candidates, Judge? judge = null, bool differentiates = false, double? neutralLogit = null);

    /// <summary>Asks the model's discriminator about samples under <see cref="Condition"/>.</summary>
    public Verdict Discriminate(Tensor samples) => Discriminate(() => new(samples, Condition));

    /// <summary>
    /// The adversarial part of the update: plays the recipe's loss on pairs, and adds the regularisers that are due. An objective adds what is its own. The side is that of the phase (<see cref="Phase.Side"/>).
    /// Reports <c>loss</c> (without penalties), each penalty by its name and, for the discriminator, <c>real</c>, <c>fake</c>, <c>separation</c> and <c>diversity</c>.
    /// </summary>
    /// <param name="pairs">What is told apart; none for those of <see cref="Objective.Pairs"/>.</param>
    /// <exception cref="ComponentException">The phase has no side.</exception>
    public abstract AdversarialTerm Adversarial(params IReadOnlyList<Pair> pairs);

    /// <summary>A seed for that purpose in this very micro-batch. Equal purposes give equal seeds. For samples, draw from <see
    /// cref="Draws"/>.</summary>
    public abstract ulong Seed(string purpose);

    /// <summary>
    /// Opens a scope of <see cref="Draws"/> for that purpose: what is drawn in it does not depend on what else is drawn in this update.
    /// Rows are those of the whole batch, so that one that is split into micro-batches draws the same. Without it draws follow each other
    /// in the update's own scope.
    /// </summary>
    public virtual IDisposable BeginDraws(string purpose) => Draws.Begin(Seed(purpose));

    /// <summary>Hands a value to later phases of this iteration, detached. A later value of the same name replaces it.</summary>
    public abstract void Keep(string name, Tensor value);

    /// <summary>What an earlier phase of this iteration kept under that name, or null.</summary>
    public abstract Tensor? Kept(string name);

    /// <summary>The gradient of the sum of <paramref name="output"/> by <paramref name="input"/>, itself differentiable: for gradient penalties.</summary>
    /// <param name="output">Depends on <paramref name="input"/>; any shape.</param>
    /// <param name="input">Requires a gradient; any shape.</param>
    /// <returns>The shape of <paramref name="input"/>.</returns>
    /// <exception cref="ComponentException">Either carries no gradient, or one does not depend on the other.</exception>
    public abstract Tensor Gradient(Tensor output, Tensor input);

    /// <summary>Reports a scalar under the phase's name (<c>d/accuracy</c>). It stays on the device until it is read with the others.</summary>
    public abstract void Report(string scalar, Tensor value);
}
