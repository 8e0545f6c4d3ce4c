using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CtGan;

/// <summary>
/// The game of CTGAN (arXiv:1907.00503, section 4.3): the recipe's loss (Wasserstein in the paper) with gradient penalty (arXiv:1704.00028) on encoded rows and their conditions, several rows at once; the generator also
/// minimises the cross-entropy between the category that it was asked for and its logits there. With categorical columns the data is drawn by category (dataset <c>by-category</c>): real rows and
/// generated ones then have the same conditions.
/// </summary>
internal sealed class CtGanObjective : Objective
{
    private static readonly Scalar Tiny = 1e-12;

    private readonly CtGanModel model;
    private readonly Scalar? penaltyWeight;

    /// <exception cref="ComponentException">The model is another, or the data does not come with the categories that it was drawn by.</exception>
    public CtGanObjective(CtGanObjectiveOptions options, GanModel model, DataSpec? data)
    {
        this.model = model as CtGanModel
            ?? throw new ComponentException("the objective ctgan trains encoded rows, which only the architecture ctgan makes; name it as architecture, or take an ordinary loss");
        var categories = this.model.Encoding.Categories;
        if (categories > 0 && !(data?.Condition is VectorCondition condition && condition.Size == categories))
            throw new ComponentException("the table has categorical columns, which ctgan trains on by sampling: name the dataset 'by-category' and the table as its option 'of'");
        penaltyWeight = options.GradientPenalty > 0 ? options.GradientPenalty : null;
        Phases = [new Phase("d", [Roles.Discriminator]) { Repeat = options.CriticSteps, Side = Side.Discriminator }, new Phase("g", [Roles.Generator]) { Side = Side.Generator }];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <summary>Encoded rows, several at once, against generated ones.</summary>
    public override IReadOnlyList<Pair> Pairs(Side side, StepContext step)
    {
        var generated = model.Activate(model.Produce(step.Latent(step.Real.Count), Asked(step)));
        return [Pair(Real(step), model.Pack(side == Side.Discriminator ? generated.detach() : generated, Asked(step)))];
    }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => phase.Side == Side.Discriminator ? Critic(step) : Generator(step);

    private Tensor Critic(StepContext step)
    {
        var real = Real(step);
        var fake = model.Pack(model.Activate(model.Produce(step.Latent(step.Real.Count), Asked(step))).detach(), Asked(step));
        var game = step.Adversarial(Pair(real, fake));
        if (penaltyWeight is null)
            return game.Loss!;
        var between = real.lerp(fake, Draws.Uniform(real.shape[0], [1], real.device).to(real.dtype)).detach().requires_grad_();
        var gradient = step.Gradient(model.Judge(between), between);
        var penalty = gradient.square().sum(1).add(Tiny, One).sqrt().sub(One).square().mean();
        step.Report("gradient-penalty", penalty);
        return game.Plus(penalty, penaltyWeight);
    }

    private Tensor? Generator(StepContext step)
    {
        var outputs = model.Produce(step.Latent(step.Real.Count), Asked(step));
        var generated = model.Pack(model.Activate(outputs), Asked(step));
        var game = step.Adversarial(new Pair(() => new(Real(step)), () => new(generated), Judge));
        if (Asked(step) is not { } asked)
            return game.Loss;
        var logarithms = cat([.. model.Encoding.Split(outputs).Categories.Select(logits => logits.log_softmax(1))], 1);
        var crossEntropy = logarithms.mul(asked).sum(1).mean().neg();
        step.Report("cross-entropy", crossEntropy);
        return game.Plus(crossEntropy);
    }

    // Positions alone carry a gradient in a row: what generated rows are compared with is the encoded row.
    private Tensor Real(StepContext step) => model.Pack(model.Encoding.Encode(step.Real.Samples), Asked(step));

    private Pair Pair(Tensor real, Tensor fake) => new(new Candidates(real), new Candidates(fake), Judge);

    private DiscriminatorOutput Judge(Tensor rows, Tensor? condition) => new(model.Judge(rows));

    /// <summary>What the rows of this step are asked to be, one-hot [N, T]; null without categorical columns.</summary>
    private Tensor? Asked(StepContext step) => model.Encoding.Categories > 0 ? step.Real.Condition : null;
}
