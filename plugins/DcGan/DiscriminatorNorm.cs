namespace PluginGan.Plugins.DcGan;

/// <summary>Normalisation of the discriminator's activations.</summary>
public enum DiscriminatorNorm
{
    /// <summary>Batch normalisation after every convolution but the first.</summary>
    Batch,

    /// <summary>None: each sample is judged by itself.</summary>
    None,
}
