using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Draws latents on a device from a seed. On the CPU they have a generator of their own; elsewhere TorchSharp has none to offer, and the device's
/// global generator is seeded for them.
/// </summary>
public sealed class LatentSampler(Device device) : IDisposable
{
    private static readonly Scalar Two = 2.0;
    private static readonly Scalar One = 1.0;

    private readonly Generator? generator = device.type == DeviceType.CPU ? new(0, device) : null;

    /// <summary>Draws float32 latents, [count, Size] or [count, Length, Size].</summary>
    /// <param name="latent">What to draw.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Equal seeds give equal latents on the same kind of device.</param>
    public Tensor Draw(LatentSpec latent, long count, ulong seed)
    {
        if (generator is null)
            GlobalGenerator.Seed(device, seed);
        else
            generator.manual_seed(unchecked((long)seed));
        var parts = latent.Parts.Select(part => Draw(part, latent.Length is { } length ? [count, length] : [count])).ToList();
        return parts.Count switch
        {
            // A translation is made from its condition alone.
            0 => zeros(latent.Length is { } steps ? [count, steps, 0] : [count, 0], device: device),
            1 => parts[0],
            _ => cat(parts, -1),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => generator?.Dispose();

    private Tensor Draw(LatentPart part, long[] leading)
    {
        switch (part)
        {
            case NormalPart:
                return randn([.. leading, part.Size], device: device, generator: generator);
            case UniformPart:
                return rand([.. leading, part.Size], device: device, generator: generator).mul_(Two).sub_(One);
            case CategoricalPart:
                using (var choice = randint(0, part.Size, leading, dtype: ScalarType.Int64, device: device, generator: generator))
                    return nn.functional.one_hot(choice, part.Size).to(ScalarType.Float32);
            default:
                throw new ComponentException($"latents of kind {part.GetType().Name} are not known; use NormalPart, UniformPart or CategoricalPart");
        }
    }
}
