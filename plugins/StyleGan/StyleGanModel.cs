using PluginGan.Layers;
using static TorchSharp.torch;

namespace PluginGan.Plugins.StyleGan;

/// <summary>
/// StyleGAN2 (Karras et al., arXiv:1912.04958) at small sizes: its skip generator and residual discriminator. All layers have the same style: it is
/// without the mixing of styles, which a regulariser that perturbs styles (path length) replaces. Images are not bounded: there is no tanh. The discriminator's head
/// <c>features</c> is what its verdict is linear in.
/// </summary>
internal sealed class StyleGanModel : GanModel, IStyled
{
    private readonly Func<Tensor, Tensor?, Tensor> style;
    private readonly Synthesis synthesis;
    private readonly Discriminator discriminator;

    /// <exception cref="ComponentException">The data does not suit (see <see cref="SquareImages"/>).</exception>
    public StyleGanModel(StyleGanOptions options, ModelSpec spec)
    {
        var images = new SquareImages(spec, options.Conditional, "style-gan");
        Condition = images.Condition;
        Latent = LatentSpec.Normal(options.Latent);
        nn.Module mapping;
        if (images.Classes is { } classes)
        {
            var conditional = new ClassMapping(classes.Count, Synthesis.Styles(images), options);
            (mapping, style) = (conditional, conditional.call);
        }
        else
        {
            // One that takes the latent alone, as the role says.
            var plain = new Mapping(options.Latent, Synthesis.Styles(images), options);
            (mapping, style) = (plain, (latent, _) => plain.call(latent));
        }
        synthesis = new Synthesis(images, options);
        discriminator = new Discriminator(images, options);
        Networks = new Dictionary<string, nn.Module> { [Roles.Mapping] = mapping, [Roles.Generator] = synthesis, [Roles.Discriminator] = discriminator };
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    /// <inheritdoc/>
    public override LatentSpec Latent { get; }

    /// <inheritdoc/>
    public override ConditionSpec Condition { get; }

    /// <inheritdoc/>
    public override Tensor Generate(Tensor latent, Tensor? condition) => Synthesise(Style(latent, condition));

    /// <inheritdoc/>
    public Tensor Style(Tensor latent, Tensor? condition) => style(latent, condition);

    /// <inheritdoc/>
    public Tensor Synthesise(Tensor styles) => synthesis.call(styles);

    /// <inheritdoc/>
    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var features = discriminator.Features(samples);
        return new DiscriminatorOutput(discriminator.Logits(features, condition), features);
    }
}
