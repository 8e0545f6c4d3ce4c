using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// A <see cref="GanModel"/> that generates in two steps, latents to styles and styles to samples. Its network <see cref="Roles.Mapping"/>
/// makes the styles, and its generator the samples.
/// </summary>
public interface IStyled
{
    /// <summary>The styles of latents [N, L]: [N, W], or [N, layers, W] where each layer has a style of its own.</summary>
    /// <param name="latent">The latents.</param>
    /// <param name="condition">What the model is conditioned on, or null.</param>
    Tensor Style(Tensor latent, Tensor? condition);

    /// <summary>The samples [N, ...] of styles.</summary>
    /// <param name="styles">What <see cref="Style"/> gives, or near it.</param>
    Tensor Synthesise(Tensor styles);
}
