using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Objectives;

/// <summary>
/// A model of points [N, 5] in float64, small enough to be computed again in NumPy (objectives_reference.py): x = tanh(z A + K c), features tanh(x B), logit = features · v,
/// and an encoder x C to means and log variances. Its numbers are a wave: the same everywhere.
/// </summary>
internal sealed class TinyNetworks : GanModel
{
    public const int Batch = 4, Points = 5, FeatureCount = 6, Classes = 3;

    private readonly Linear generator, discriminator, encoder, classes, verdict;
    private readonly double shift;
    private readonly bool stochastic, joint, hasFeatures;

    /// <param name="latent">The latent.</param>
    /// <param name="roles">The networks that it has.</param>
    /// <param name="conditional">Whether the generator is given one of three classes.</param>
    /// <param name="stochastic">Whether the encoder gives variances.</param>
    /// <param name="shift">Added to the log variances: at -80 the encoder's latents are its means.</param>
    /// <param name="joint">Whether the discriminator judges pairs of sample and latent.</param>
    /// <param name="hasFeatures">Whether the discriminator has the head 'features'.</param>
    public TinyNetworks(LatentSpec latent, string[] roles, bool conditional = false, bool stochastic = true, double shift = 0, bool joint = false, bool hasFeatures = true)
    {
        (Latent, this.stochastic, this.shift, this.joint, this.hasFeatures) = (latent, stochastic, shift, joint, hasFeatures);
        Condition = conditional ? new ClassCondition(["a", "b", "c"]) : ConditionSpec.None;
        generator = Layer(latent.Size, Points, 0.1);
        classes = Layer(Classes, Points, 0.2);
        discriminator = Layer(Points + (joint ? latent.Size : 0), FeatureCount, 0.3);
        verdict = Layer(FeatureCount, 1, 0.4);
        encoder = Layer(Points, stochastic ? 2 * latent.Size : latent.Size, 0.5);
        var all = new Dictionary<string, nn.Module>
        {
            [Roles.Generator] = conditional ? nn.Sequential(("latent", generator), ("classes", classes)) : generator,
            [Roles.Discriminator] = nn.Sequential(("features", discriminator), ("verdict", verdict)),
            [Roles.Encoder] = encoder,
        };
        Networks = roles.ToDictionary(role => role, role => all[role]);
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; }

    public override ConditionSpec Condition { get; }

    public static LatentSpec Normal => LatentSpec.Normal(3);

    /// <summary>The four samples that tests take as real, with a class each.</summary>
    public static Batch Real => new(Wave(0.6, Batch, Points), tensor(new long[] { 0, 2, 1, 2 }));

    /// <summary>The four latents that tests generate from.</summary>
    public static Tensor Z => Wave(0.7, Batch, 3);

    public static DataSpec Data => new(new VectorSpec(Points), new ClassCondition(["a", "b", "c"]));

    /// <summary>sin(0.7 k + 10 phase), float64, for k = 0, 1, 2, ... in the order of the rows.</summary>
    public static Tensor Wave(double phase, params long[] shape) => arange(shape.Aggregate(1L, (product, side) => product * side), ScalarType.Float64).mul(0.7).add(10 * phase).sin().reshape(shape);

    public override Tensor Generate(Tensor latent, Tensor? condition) =>
        (generator.call(latent.to(ScalarType.Float64)) + (Condition is NoCondition ? 0.0 : classes.call(OneHot(condition!)))).tanh();

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition)
    {
        var features = discriminator.call((joint ? cat([samples, condition!], 1) : samples).to(ScalarType.Float64)).tanh();
        return new(verdict.call(features).squeeze(1), hasFeatures ? new Dictionary<string, Tensor> { ["features"] = features } : []);
    }

    public override LatentEncoding Encode(Tensor samples, Tensor? condition)
    {
        var parameters = encoder.call(samples);
        return stochastic ? new(parameters.narrow(1, 0, Latent.Size), parameters.narrow(1, Latent.Size, Latent.Size) + shift) : new(parameters);
    }

    private static Tensor OneHot(Tensor condition) => nn.functional.one_hot(condition, Classes).to(ScalarType.Float64);

    private static Linear Layer(int inputs, int outputs, double phase)
    {
        var layer = nn.Linear(inputs, outputs, hasBias: false, dtype: ScalarType.Float64);
        using (no_grad())
            layer.weight.copy_(Wave(phase, inputs, outputs).t());
        return layer;
    }
}
