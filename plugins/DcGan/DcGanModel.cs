using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.DcGan;

/// <summary>
/// DCGAN (Radford, Metz, Chintala, arXiv:1511.06434), class-conditional if asked for: a class embedding beside the generator's latent, and a
/// projection discriminator (Miyato, Koyama, arXiv:1802.05637). Codes for InfoGAN (arXiv:1606.03657) stand behind the normal latent.
/// </summary>
internal sealed class DcGanModel : AdversarialModel
{
    /// <exception cref="ComponentException">The data does not suit, see <see cref="SquareImages"/>.</exception>
    public DcGanModel(DcGanOptions options, ModelSpec spec)
        : base("dcgan", options, Codes(options), spec) =>
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = Generator, [Roles.Discriminator] = Discriminator };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    private static IEnumerable<LatentPart> Codes(DcGanOptions options)
    {
        if (options.Categorical > 0)
            yield return new CategoricalPart(options.Categorical);
        if (options.Continuous > 0)
            yield return new UniformPart(options.Continuous);
    }
}
