namespace PluginGan.Plugins.Pix2Pix;

/// <summary>Translation of images that come in pairs. The game needs no objective of its own: any adversarial loss, with the distance between pairs beside it.</summary>
public sealed class Pix2PixPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Architecture<Pix2PixOptions>(
            new ComponentInfo("pix2pix", "A U-Net that translates images, against a discriminator of patches that sees both images of a pair; for 'paired-distance' beside the loss.")
            {
                Samples = [SampleKind.Image],
                Conditions = [ConditionKind.Sample],
                ProvidedRoles = [Roles.Generator, Roles.Discriminator],
                Source = "arXiv:1611.07004",
            },
            (options, spec, _) => new Pix2PixModel(options, spec));

        components.Regularizer<PairedDistanceOptions>(
            new ComponentInfo("paired-distance", "The distance of what is generated from the sample that comes with the same condition; usual weight 100.")
            {
                Conditions = [ConditionKind.Sample],
                RequiredRoles = [Roles.Generator],
                Source = "arXiv:1611.07004",
            },
            (options, _) => new PairedDistance(options));
    }
}
