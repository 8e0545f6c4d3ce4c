namespace PluginGan.Plugins.Vae;

/// <summary>The variational autoencoder as an objective.</summary>
public sealed class VaePlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Objective<VaeOptions>(
        new ComponentInfo("vae", "Variational autoencoder: the evidence lower bound with a Gaussian or Bernoulli likelihood; β-VAE by weight.")
        {
            RequiredRoles = [Roles.Encoder, Roles.Generator],
            Requires = [Capabilities.NormalLatent, Capabilities.EncoderVariance],
            Effects = [new(new OptionIs("likelihood", "bernoulli")) { Samples = [SampleKind.Image] }],
            Source = "arXiv:1312.6114",
        },
        (options, model, context) => new VaeObjective(options, model, context.Data?.Sample));
}
