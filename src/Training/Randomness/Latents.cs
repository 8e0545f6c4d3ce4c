using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Draws what samples are generated from.</summary>
public static class Latents
{
    /// <summary>Draws float32 latents, [count, Size] or [count, Length, Size]. Row i follows from the seed and i alone.</summary>
    /// <param name="latent">What to draw.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds give equal latents.</param>
    /// <param name="device">Where they are wanted.</param>
    /// <param name="part">Which part of a larger batch they are, as for <see cref="Draws.Begin(ulong, long)"/>.</param>
    public static Tensor Draw(LatentSpec latent, long count, ulong seed, Device device, long part = 0)
    {
        using var draws = Draws.Begin(seed, part);
        long[] leading = latent.Length is { } length ? [length] : [];
        var parts = latent.Parts.Select(one => Draw(one, count, leading, device)).ToList();
        return parts.Count switch
        {
            // A translation is made from its condition alone.
            0 => zeros([count, .. leading, 0], device: device),
            1 => parts[0],
            _ => cat(parts, -1),
        };
    }

    private static Tensor Draw(LatentPart part, long count, long[] leading, Device device)
    {
        switch (part)
        {
            case NormalPart:
                return Draws.Normal(count, [.. leading, part.Size], device);
            case UniformPart:
                return Draws.Uniform(count, [.. leading, part.Size], device).mul_(Two).sub_(One);
            case CategoricalPart:
                using (var choice = Draws.Integers(count, leading, part.Size, device))
                    return nn.functional.one_hot(choice, part.Size).to(ScalarType.Float32);
            default:
                throw new ComponentException($"latents of kind {part.GetType().Name} are not known; use NormalPart, UniformPart or CategoricalPart");
        }
    }
}
