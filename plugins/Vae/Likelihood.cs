namespace PluginGan.Plugins.Vae;

/// <summary>What the decoder's output means.</summary>
public enum Likelihood
{
    /// <summary>The mean of a normal distribution of each value, all of one deviation.</summary>
    Gaussian,

    /// <summary>The probability of white of each pixel, once [-1, 1] is mapped to [0, 1].</summary>
    Bernoulli,
}
