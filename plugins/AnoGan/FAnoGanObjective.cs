using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.AnoGan;

/// <summary>
/// f-AnoGAN (Schlegl et al., Medical Image Analysis 54, 2019, doi:10.1016/j.media.2019.01.010) in two stages. First a GAN with gradient penalty (arXiv:1704.00028) learns normal samples:
/// the discriminator minimises the recipe's loss, in the paper that of Wasserstein, + λ E (‖∇D(x̂)‖ - 1)², x̂ between real and generated ones. Then the encoder alone learns the way back (the paper's
/// izi_f): it minimises ‖x - G(E(x))‖² / n + κ ‖f(x) - f(G(E(x)))‖² / n_f, f the discriminator's features. Samples for which that fails are anomalies (<see cref="AnomalyAuroc"/>).
/// </summary>
internal sealed class FAnoGanObjective : Objective
{
    private readonly Scalar? penalty;
    private readonly Scalar residual;

    /// <exception cref="ComponentException">The model is conditional.</exception>
    public FAnoGanObjective(FAnoGanOptions options, GanModel model)
    {
        if (model.Condition is not NoCondition)
            throw new ComponentException($"f-anogan learns one kind of samples, the normal one, but the model is conditioned on {model.Condition}; set 'conditional' of the architecture to false");
        (penalty, residual) = (options.Penalty > 0 ? options.Penalty : null, options.Residual);
        Window adversarial = new(0, options.Share), encoding = new(options.Share, 1);
        Phases =
        [
            new Phase("d", [Roles.Discriminator]) { Side = Side.Discriminator, Repeat = options.DiscriminatorSteps, Active = adversarial },
            new Phase("g", model.Generates) { Side = Side.Generator, Active = adversarial },
            new Phase("encoder", [Roles.Encoder]) { Active = encoding },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step) => phase.Side switch
    {
        Side.Discriminator => Discriminator(step),
        Side.Generator => step.Adversarial().Loss,
        _ => Encoder(step),
    };

    private Tensor? Discriminator(StepContext step)
    {
        var game = step.Adversarial();
        if (penalty is null)
            return game.Loss;
        var (real, fake) = (game.Real.Input, game.Fake.Input);
        // A share of its own for each sample, [N, 1, ...].
        var share = Draws.Uniform(real.shape[0], [.. Enumerable.Repeat(1L, (int)real.dim() - 1)], real.device).to(real.dtype);
        var between = fake.add(real.sub(fake).mul(share), One).detach().requires_grad_();
        var excess = step.Gradient(game.Real.At(between).Logits, between).flatten(1).norm(1).sub(One);
        return game.Plus(excess.mul(excess).mean(), penalty);
    }

    private Tensor Encoder(StepContext step)
    {
        // As they will be used: with the statistics that they have learnt, which no more samples are to change.
        using var settled = new EvaluationMode(step.Model, [.. step.Model.Generates, Roles.Discriminator]);
        var (samples, features) = Residuals.Of(step.Model, step.Real.Samples);
        step.Report("samples", samples.mean());
        step.Report("features", features.mean());
        var loss = samples.mean().add(features.mean().mul(residual), One);
        step.Report("loss", loss);
        return loss;
    }

    /// <summary>Puts networks into evaluation mode, and back into training mode at its end.</summary>
    private sealed class EvaluationMode : IDisposable
    {
        private readonly List<nn.Module> networks;

        public EvaluationMode(GanModel model, IReadOnlyList<string> roles)
        {
            networks = [.. roles.Select(role => model.Networks[role])];
            networks.ForEach(network => network.eval());
        }

        public void Dispose() => networks.ForEach(network => network.train());
    }
}
