namespace PluginGan.Training;

/// <summary>
/// Adam (Kingma, Ba, arXiv:1412.6980) and AdamW (Loshchilov, Hutter, arXiv:1711.05101), equal to <c>torch.optim</c>: with betas that follow a schedule,
/// the bias correction takes the present ones, as it does there when they are changed between steps.
/// </summary>
/// <param name="options">The options.</param>
/// <param name="decoupled">Whether weight decay acts on the weights (AdamW) or on the gradient.</param>
public sealed class Adam(AdamOptions options, bool decoupled = false) : Optimizer
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Moments { get; } = ["mean", "square"];

    /// <inheritdoc/>
    public override void Step(OptimizerStep step) => FusedAdam.Step(
        step, step.Moment("mean"), step.Moment("square"), options.Beta1.At(step.Time), options.Beta2.At(step.Time), options.Epsilon, options.WeightDecay, decoupled);
}
