using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Vae;

/// <summary>
/// The variational autoencoder (Kingma, Welling, arXiv:1312.6114): encoder and generator together maximise the evidence lower bound
/// E log p(x | z) - β KL(q(z | x) ‖ N(0, 1)), z drawn from the encoder's q by reparameterisation, the divergence in closed form. Sums over values, means over the batch.
/// </summary>
internal sealed class VaeObjective : Objective
{
    private readonly Schedule beta;
    private readonly Func<Tensor, Tensor, Tensor> reconstruction;

    /// <exception cref="ComponentException">The latents are not normal, or a Bernoulli likelihood is asked for where samples are no images.</exception>
    public VaeObjective(VaeOptions options, GanModel model, SampleSpec? sample)
    {
        if (model.Latent.Parts.FirstOrDefault(part => part is not NormalPart) is { } other)
            throw new ComponentException($"vae compares the encoder with normal latents, but the model's have {other}; take an architecture with a normal latent alone (dcgan-autoencoder)");
        if (options.Likelihood == Likelihood.Bernoulli && sample is not (null or ImageSpec))
            throw new ComponentException($"the likelihood 'bernoulli' of vae is for images, but the data is {sample}; set 'likelihood' to gaussian");
        beta = options.Beta;
        reconstruction = options.Likelihood == Likelihood.Bernoulli ? Reconstruction.Bernoulli : Reconstruction.Gaussian(options.Deviation);
        Phases = [new Phase("elbo", [Roles.Encoder, .. model.Generates])];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Phase> Phases { get; }

    /// <inheritdoc/>
    public override Tensor? Loss(Phase phase, StepContext step)
    {
        var encoding = step.Model.Encode(step.Real.Samples, step.Condition);
        if (encoding.LogVariance is not { } logVariance)
            throw new ComponentException("vae draws latents from the encoder's distribution, but this encoder gives no variance; take an architecture whose encoder does (dcgan-autoencoder)");
        var decoded = step.Model.Generate(encoding.Draw(), step.Condition);
        var cost = reconstruction(step.Real.Samples, decoded).mean();
        var divergence = NormalDivergence.FromStandard(encoding.Mean, logVariance).mean();
        step.Report("reconstruction", cost);
        step.Report("divergence", divergence);
        step.Report("bound", cost.add(divergence, One).neg());
        using Scalar weight = beta.At(step.Time);
        return cost.add(divergence.mul(weight), One);
    }
}
