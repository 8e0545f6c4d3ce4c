using System.Globalization;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Draws what a model makes along directions of its latent space: a block for each direction, in it a row for each latent.</summary>
internal sealed class LatentStrips(ExploredModel model, LatentSpace space)
{
    /// <summary>Encodes the blocks; the latents are the same in each.</summary>
    /// <param name="directions">Unit vectors, [Width] each.</param>
    public byte[] Encode(IReadOnlyList<Tensor> directions)
    {
        using var scope = NewDisposeScope();
        var (latents, condition) = (model.Latents(model.Count, "strips"), model.Conditions(model.Count));
        var blocks = directions.Select(direction =>
            model.Rows([.. space.Positions(direction, model.Steps).Select(position => space.Place(latents, direction, position))], condition)).ToList();
        return SampleFile.Encode(blocks, model.Sample, model.Steps, model.Provenance);
    }

    /// <summary>From where to where a strip goes, in words.</summary>
    public static string Range(LatentSpace space, Tensor direction)
    {
        var reach = space.Positions(direction, 2)[1].ToString("0.#", CultureInfo.InvariantCulture);
        return $"−{reach} to {reach} standard deviations";
    }
}
