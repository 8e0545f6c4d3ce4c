using PluginGan.Plugins.DcGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Devices;

/// <summary>A DCGAN without classes behind a mapping network, as regularisers of styles need it.</summary>
internal sealed class StyledDcGan : GanModel, IStyled
{
    private readonly DcGanModel inner;
    private readonly nn.Module<Tensor, Tensor> mapping;
    private readonly Synthesis synthesis;

    public StyledDcGan(DcGanOptions options, ModelSpec spec)
    {
        inner = new DcGanModel(options, spec);
        mapping = nn.Linear(options.Latent, options.Latent);
        synthesis = new Synthesis((nn.Module<Tensor, Tensor?, Tensor>)inner.Networks[Roles.Generator]);
        Networks = new Dictionary<string, nn.Module>
        {
            [Roles.Mapping] = mapping,
            [Roles.Generator] = synthesis,
            [Roles.Discriminator] = inner.Networks[Roles.Discriminator],
        };
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent => inner.Latent;

    public override Tensor Generate(Tensor latent, Tensor? condition) => Synthesise(Style(latent, condition));

    public Tensor Style(Tensor latent, Tensor? condition) => mapping.call(latent);

    public Tensor Synthesise(Tensor styles) => synthesis.call(styles);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => inner.Discriminate(samples, condition);

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Synthesis : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor?, Tensor> generator;

        public Synthesis(nn.Module<Tensor, Tensor?, Tensor> generator)
            : base(nameof(Synthesis))
        {
            this.generator = generator;
            RegisterComponents();
        }

        public override Tensor forward(Tensor style) => generator.call(style, null);
    }
}
