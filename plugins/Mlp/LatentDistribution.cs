namespace PluginGan.Plugins.Mlp;

/// <summary>What the latent is drawn from.</summary>
public enum LatentDistribution
{
    /// <summary>Standard normal.</summary>
    Normal,

    /// <summary>Uniform in [-1, 1).</summary>
    Uniform,
}
