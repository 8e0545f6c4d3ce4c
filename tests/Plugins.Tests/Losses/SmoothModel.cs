using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// A small smooth model in float64 with a mapping network: latents [N, 3] to styles [N, 3] to images [N, 1, 6, 6], which the discriminator judges in packs,
/// with a head <c>features</c>.
/// </summary>
internal sealed class SmoothModel : GanModel, IStyled
{
    private readonly nn.Module<Tensor, Tensor> mapping, generator, layers, verdict;

    public SmoothModel(int pack)
    {
        mapping = nn.Sequential(nn.Linear(3, 3, dtype: float64), nn.Tanh());
        generator = nn.Sequential(nn.Linear(3, 36, dtype: float64), nn.Tanh(), nn.Unflatten(1, [1, 6, 6]));
        layers = nn.Sequential(nn.Conv2d(pack, 3, 3, dtype: float64), nn.Tanh(), nn.Flatten());
        verdict = nn.Sequential(nn.Linear(48, 1, dtype: float64), nn.Flatten(0));
        Networks = new Dictionary<string, nn.Module>
        {
            [Roles.Mapping] = mapping,
            [Roles.Generator] = generator,
            [Roles.Discriminator] = nn.Sequential(layers, verdict),
        };
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = LatentSpec.Normal(3);

    public override Tensor Generate(Tensor latent, Tensor? condition) => Synthesise(Style(latent, condition));

    public Tensor Style(Tensor latent, Tensor? condition) => mapping.call(latent);

    public Tensor Synthesise(Tensor styles) => generator.call(styles);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var features = layers.call(samples);
        return new DiscriminatorOutput(verdict.call(features), new Dictionary<string, Tensor> { ["features"] = features });
    }
}
