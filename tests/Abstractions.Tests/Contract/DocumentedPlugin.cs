// What docs/plugins/contract.md shows, word for word.
using System.ComponentModel.DataAnnotations;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests;

public sealed class SpiralPlugin : IGanPlugin
{
    public void Register(IComponentRegistry components)
    {
        string[] both = [Roles.Generator, Roles.Discriminator];
        components.Dataset<NoOptions>(
            new("spiral", "Points on a spiral.") { Samples = [SampleKind.Vector] }, (_, context) => Spiral.Draw(4096, context.Seed));
        components.Architecture<TinyOptions>(
            new("tiny", "Two small networks for points.") { Samples = [SampleKind.Vector], ProvidedRoles = both },
            (options, spec, _) => new TinyModel(options, spec));
        components.Loss<NoOptions>(
            new("my-squares", "Least squares.") { RequiredRoles = [Roles.Discriminator] }, (_, _) => new MySquares());
        components.Regularizer<NoOptions>(
            new("flat", "The gradient at real samples.") { RequiredRoles = [Roles.Discriminator] }, (_, _) => new Flat());
        components.Objective<RecallOptions>(
            new("recall", "Samples from which their latents can be read.") { RequiredRoles = both, UsualLoss = "my-squares" },
            (options, model, context) => new Recall(options, model, context.Data!));
        components.Evaluator<NoOptions>(new("size-ratio", "How large generated samples are."), (_, _) => new SizeRatio());
    }
}

public static class Spiral
{
    public static Dataset Draw(long count, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var draws = Draws.Begin(seed);
        var turn = Draws.Uniform(count, [1]);
        var angle = turn * 12;
        return new TensorDataset(new DataSpec(new VectorSpec(2), ConditionSpec.None), cat([angle.cos(), angle.sin()], 1) * turn);
    }
}

public sealed class TinyOptions
{
    [Range(1, 4096)]
    public int Width { get; set; } = 64;
}

public sealed class TinyModel : GanModel
{
    private readonly nn.Module<Tensor, Tensor> generator, discriminator;

    public TinyModel(TinyOptions options, ModelSpec spec)
    {
        var values = spec.Data.Sample is VectorSpec points
            ? points.Size
            : throw new ComponentException($"tiny makes points, but the data is {spec.Data.Sample}; name another architecture");
        generator = nn.Sequential(nn.Linear(Latent.Size, options.Width), nn.ReLU(), nn.Linear(options.Width, values));
        discriminator = nn.Sequential(nn.Linear(values * spec.Pack, options.Width), nn.ReLU(), nn.Linear(options.Width, 1));
        Networks = new Dictionary<string, nn.Module> { [Roles.Generator] = generator, [Roles.Discriminator] = discriminator };
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override LatentSpec Latent { get; } = LatentSpec.Normal(8);

    public override Tensor Generate(Tensor latent, Tensor? condition) => generator.call(latent);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => new(discriminator.call(samples).squeeze(1));
}

public sealed class MySquares : AdversarialLoss
{
    public override double? NeutralLogit => 0.5;

    public override Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) =>
        real.Logits.sub(Scalars.One).square().mean().add(fake.Logits.square().mean(), Scalars.One);

    public override Tensor Generator(DiscriminatorOutput? real, DiscriminatorOutput fake) => fake.Logits.sub(Scalars.One).square().mean();
}

public sealed class Flat : Regularizer
{
    public override Side Side => Side.Discriminator;

    public override bool DifferentiatesInput => true;

    public override Tensor? Penalty(JudgedPair pair) =>
        pair.Step.Gradient(pair.Real.Logits, pair.Real.Input).square().flatten(1).sum(1).mean();
}

public sealed class RecallOptions
{
    [Range(0.0, 1e6)]
    public double Weight { get; set; } = 1;
}

public sealed class Recall : Objective
{
    private readonly nn.Module<Tensor, Tensor> reader;
    private readonly Scalar weight;

    public Recall(RecallOptions options, GanModel model, DataSpec data)
    {
        weight = options.Weight;
        reader = nn.Linear(data.Sample.Shape.Aggregate((product, length) => product * length), model.Latent.Size);
        Networks = new Dictionary<string, nn.Module> { ["reader"] = reader };
        Phases =
        [
            new Phase("d", [Roles.Discriminator]) { Side = Side.Discriminator },
            new Phase("g", [.. model.Generates, "reader"]) { Side = Side.Generator, SharesDraw = true },
        ];
    }

    public override IReadOnlyDictionary<string, nn.Module> Networks { get; }

    public override IReadOnlyList<Phase> Phases { get; }

    public override Tensor? Loss(Phase phase, StepContext step)
    {
        if (phase.Side == Side.Discriminator)
            return step.Adversarial().Loss;
        var latent = step.Latent(step.Real.Count);
        var samples = step.Model.Generate(latent, step.Condition);
        var error = nn.functional.mse_loss(reader.call(samples.flatten(1)), latent);
        step.Report("recall", error);
        Candidates real = new(step.Real.Samples, step.Condition), fake = new(samples, step.Condition);
        return step.Adversarial(new Pair(real, fake, step.Model.Discriminate)).Plus(error, weight);
    }
}

public sealed class SizeRatio : Evaluator
{
    public override IReadOnlyList<MetricInfo> Metrics { get; } =
        [new("size-ratio", "Mean square of generated over real samples.", MetricDirection.NearReference) { Reference = "1" }];

    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
    {
        double Of(SampleSet set) => context.Samples(set).square().mean().item<float>();
        return [new("size-ratio", Of(SampleSet.Generated) / Of(SampleSet.Real))];
    }
}
