using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>A model of four networks that are a·x + b for each value, in float64: what a game makes of them can be worked out by hand.</summary>
internal sealed class AffineModel : GanModel
{
    /// <param name="sample">What both sides look like.</param>
    /// <param name="generator">a and b of G.</param>
    /// <param name="inverseGenerator">a and b of F.</param>
    /// <param name="discriminator">a and b of D, of the targets.</param>
    /// <param name="inverseDiscriminator">a and b of D′, of the sources.</param>
    public AffineModel(SampleSpec sample, (double, double) generator, (double, double) inverseGenerator, (double, double) discriminator, (double, double) inverseDiscriminator)
    {
        Condition = new SampleCondition(sample);
        Networks = new Dictionary<string, nn.Module>
        {
            [Roles.Generator] = new Affine(generator),
            ["inverse-generator"] = new Affine(inverseGenerator),
            [Roles.Discriminator] = new Affine(discriminator),
            ["inverse-discriminator"] = new Affine(inverseDiscriminator),
        };
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = new([]);

    public override ConditionSpec Condition { get; }

    public override Tensor Generate(Tensor latent, Tensor? condition) => Network(Roles.Generator).call(condition!);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(Network(Roles.Discriminator).call(samples));

    private nn.Module<Tensor, Tensor> Network(string role) => (nn.Module<Tensor, Tensor>)Networks[role];

    private sealed class Affine : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter factor;
        private readonly Parameter shift;

        public Affine((double Factor, double Shift) values)
            : base(nameof(Affine))
        {
            (factor, shift) = (new Parameter(tensor(values.Factor)), new Parameter(tensor(values.Shift)));
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => input * factor + shift;
    }
}
