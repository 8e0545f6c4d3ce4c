using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.TestPlugins;

public sealed class TinyOptions
{
    [Description("The width of the latent."), Range(1, 1024)]
    public int Latent { get; set; } = 4;

    [Description("The share of values that the discriminator drops."), Range(0, 0.9)]
    public double Dropout { get; set; }

    [Description("Whether the generator normalises its output over the batch.")]
    public bool BatchNorm { get; set; }

    [Description("Whether both networks use the same layer, which the host refuses.")]
    public bool SharedParameter { get; set; }
}

public sealed class TinyModel : GanModel
{
    private readonly nn.Module<Tensor, Tensor> generator;
    private readonly nn.Module<Tensor, Tensor> discriminator;

    public TinyModel(TinyOptions options, ModelSpec spec)
    {
        var size = (int)spec.Data.Sample.Shape[0];
        var output = nn.Linear(options.Latent, size);
        generator = options.BatchNorm ? nn.Sequential(("output", output), ("norm", nn.BatchNorm1d(size))) : nn.Sequential(("output", output));
        var features = options.SharedParameter ? output : nn.Linear(size * spec.Pack, options.Latent);
        discriminator = nn.Sequential(("features", features), ("drop", nn.Dropout(options.Dropout)), ("verdict", nn.Linear(options.SharedParameter ? size : options.Latent, 1)));
        Latent = LatentSpec.Normal(options.Latent);
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; }

    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(latent);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples).squeeze(1));
}
