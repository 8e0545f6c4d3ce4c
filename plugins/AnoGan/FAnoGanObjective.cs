using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.AnoGan;

/// <summary>
/// f-AnoGAN (Schlegl et al., Medical Image Analysis 54, 2019, doi:10.1016/j.media.2019.01.010) in two stages. First a Wasserstein GAN with gradient penalty (arXiv:1704.00028) learns normal samples:
/// the discriminator minimises E D(G(z)) - E D(x) + λ E (‖∇D(x̂)‖ - 1)², x̂ between real and generated ones, the generator -E D(G(z)). Then the encoder alone learns the way back (the paper's
/// izi_f): it minimises ‖x - G(E(x))‖² / n + κ ‖f(x) - f(G(E(x)))‖² / n_f, f the discriminator's features. Samples for which that fails are anomalies (<see cref="AnomalyAuroc"/>).
/// </summary>
internal sealed class FAnoGanObjective : Objective
{
    private const string D = "d", G = "g", E = "encoder";

    private static readonly Scalar One = 1.0;

    private readonly Scalar penalty;
    private readonly Scalar residual;

    /// <exception cref="ComponentException">The model is conditional.</exception>
    public FAnoGanObjective(FAnoGanOptions options, GanModel model)
    {
        if (model.Condition is not NoCondition)
            throw new ComponentException($"f-anogan learns one kind of samples, the normal one, but the model is conditioned on {model.Condition}; set 'conditional' of the architecture to false");
        (penalty, residual) = (options.Penalty, options.Residual);
        Window adversarial = new(0, options.Share), encoding = new(options.Share, 1);
        Phases =
        [
            new Phase(D, [Roles.Discriminator]) { Repeat = options.DiscriminatorSteps, Active = adversarial },
            new Phase(G, model.Generates) { Active = adversarial },
            new Phase(E, [Roles.Encoder]) { Active = encoding },
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var loss = phase.Name switch
        {
            D => Discriminator(step),
            G => Verdict(step, step.Augment(step.Generated)).mean().neg(),
            _ => Encoder(step),
        };
        step.Report("loss", loss);
        return loss;
    }

    private Tensor Discriminator(StepContext step)
    {
        var (real, fake) = (step.Augment(step.Real.Samples), step.Augment(step.Generated));
        var verdict = Verdict(step, real);
        var distance = verdict.mean().sub(Verdict(step, fake).mean());
        step.Report("distance", distance);
        // A share of its own for each sample, [N, 1, ...].
        var share = Draws.Uniform(real.shape[0], [.. Enumerable.Repeat(1L, (int)real.dim() - 1)], real.device).to(real.dtype);
        var between = fake.add(real.sub(fake).mul(share), One).detach().requires_grad_();
        var excess = step.Gradient(Verdict(step, between), between).flatten(1).norm(1).sub(One);
        return excess.mul(excess).mean().mul(penalty).sub(distance);
    }

    private Tensor Encoder(StepContext step)
    {
        // As they will be used: with the statistics that they have learnt, which no more samples are to change.
        using var settled = new EvaluationMode(step.Model, [.. step.Model.Generates, Roles.Discriminator]);
        var (samples, features) = Residuals.Of(step.Model, step.Real.Samples);
        step.Report("samples", samples.mean());
        step.Report("features", features.mean());
        return samples.mean().add(features.mean().mul(residual), One);
    }

    private static Tensor Verdict(StepContext step, Tensor samples) => step.Model.Discriminate(samples, null).Logits;

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
