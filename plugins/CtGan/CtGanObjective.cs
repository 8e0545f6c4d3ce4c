using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CtGan;

/// <summary>
/// The game of CTGAN (arXiv:1907.00503, section 4.3): a Wasserstein critic with gradient penalty (arXiv:1704.00028) on encoded rows and their conditions, several rows at once; the generator also
/// minimises the cross-entropy between the category that it was asked for and its logits there. With categorical columns the data is drawn by category (dataset <c>by-category</c>): real rows and
/// generated ones then have the same conditions.
/// </summary>
internal sealed class CtGanObjective : Objective
{
    private static readonly Scalar One = 1.0;
    private static readonly Scalar Tiny = 1e-12;

    private readonly CtGanModel model;
    private readonly Scalar penaltyWeight;

    /// <exception cref="ComponentException">The model is another, or the data does not come with the categories that it was drawn by.</exception>
    public CtGanObjective(CtGanObjectiveOptions options, GanModel model, DataSpec? data)
    {
        this.model = model as CtGanModel
            ?? throw new ComponentException("the objective ctgan trains encoded rows, which only the architecture ctgan makes; name it as architecture, or take an ordinary loss");
        var categories = this.model.Encoding.Categories;
        if (categories > 0 && !(data?.Condition is VectorCondition condition && condition.Size == categories))
            throw new ComponentException("the table has categorical columns, which ctgan trains on by sampling: name the dataset 'by-category' and the table as its option 'of'");
        penaltyWeight = options.GradientPenalty;
        Phases = [new Phase("d", [Roles.Discriminator]) { Repeat = options.CriticSteps }, new Phase("g", [Roles.Generator])];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor Loss(Phase phase, StepContext step)
    {
        var loss = phase.Name == "d" ? Critic(step) : Generator(step);
        step.Report("loss", loss);
        return loss;
    }

    private Tensor Critic(StepContext step)
    {
        // Positions alone carry a gradient in a row: what generated rows are compared with is the encoded row.
        var real = model.Pack(model.Encoding.Encode(step.Real.Samples), Asked(step));
        var fake = model.Pack(model.Activate(model.Produce(step.Latent(step.Real.Count), Asked(step))).detach(), Asked(step));
        var (onReal, onFake) = (model.Judge(real).mean(), model.Judge(fake).mean());
        step.Report("real", onReal);
        step.Report("fake", onFake);

        var between = real.lerp(fake, Draws.Uniform(real.shape[0], [1], real.device).to(real.dtype)).detach().requires_grad_();
        var gradient = step.Gradient(model.Judge(between), between);
        var penalty = gradient.square().sum(1).add(Tiny, One).sqrt().sub(One).square().mean();
        step.Report("gradient-penalty", penalty);
        return onFake.sub(onReal).add(penalty, penaltyWeight);
    }

    private Tensor Generator(StepContext step)
    {
        var outputs = model.Produce(step.Latent(step.Real.Count), Asked(step));
        var loss = model.Judge(model.Pack(model.Activate(outputs), Asked(step))).mean().neg();
        if (Asked(step) is not { } asked)
            return loss;
        var logarithms = cat([.. model.Encoding.Split(outputs).Categories.Select(logits => logits.log_softmax(1))], 1);
        var crossEntropy = logarithms.mul(asked).sum(1).mean().neg();
        step.Report("cross-entropy", crossEntropy);
        return loss.add(crossEntropy, One);
    }

    /// <summary>What the rows of this step are asked to be, one-hot [N, T]; null without categorical columns.</summary>
    private Tensor? Asked(StepContext step) => model.Encoding.Categories > 0 ? step.Real.Condition : null;
}
