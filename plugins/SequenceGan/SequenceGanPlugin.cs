namespace PluginGan.Plugins.SequenceGan;

/// <summary>The GAN for sequences over an alphabet.</summary>
public sealed class SequenceGanPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components) => components.Architecture<SequenceGanOptions>(
        new("sequence-gan", "Convolutions along sequences of symbols, drawn by Gumbel-softmax at a falling temperature. Plays with any adversarial loss.")
        {
            Samples = [SampleKind.Sequence],
            ProvidedRoles = [Roles.Generator, Roles.Discriminator],
            Provides = [Capabilities.Latent, Capabilities.NormalLatent, Capabilities.Noise, Capabilities.Unconditional],
            Source = "arXiv:1611.04051",
        },
        (options, spec, _) => new SequenceGanModel(options, spec));
}
