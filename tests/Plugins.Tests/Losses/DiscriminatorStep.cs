using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>One update on given real and generated samples [N, ...], of a run that packs or does not.</summary>
internal sealed class DiscriminatorStep : AdversarialStep
{
    private readonly Tensor fake;
    private Tensor? latents;

    /// <summary>A step of a discriminator given as a function of its input.</summary>
    public DiscriminatorStep(Tensor real, Tensor fake, Func<Tensor, Tensor> logits)
        : this(real, fake, new FunctionModel(logits))
    {
    }

    /// <summary>A step of a model.</summary>
    public DiscriminatorStep(Tensor real, Tensor fake, GanModel model, Tensor? condition = null)
    {
        this.fake = fake;
        Model = model;
        Real = new Batch(real, condition);
    }

    public ulong Draw { get; init; } = 1;

    /// <summary>How many samples the discriminator sees in a row.</summary>
    public int Pack { get; init; } = 1;

    /// <summary>Whether generated samples carry the generator's gradient.</summary>
    public bool TrainsGenerator { get; init; }

    /// <summary>What <see cref="Latent"/> draws from, row by row.</summary>
    public Tensor? Latents { init => latents = value; }

    public override GanModel Model { get; }

    public override Batch Real { get; }

    public override Tensor Generated => fake;

    public override Tensor RealInput => field ??= Leaf(Real.Samples);

    public override Tensor FakeInput => field ??= TrainsGenerator ? Packed(fake) : Leaf(fake);

    public override DiscriminatorOutput RealOutput => field ??= Model.Discriminate(RealInput, Condition);

    public override DiscriminatorOutput FakeOutput => field ??= Model.Discriminate(FakeInput, Condition);

    public override Tensor? Condition => Real.Condition;

    public override TrainingTime Time => default;

    public override int Repeat => 0;

    public override int Micro => 0;

    public override void Observe(DiscriminatorOutput real)
    {
    }

    public override ulong Seed(string purpose) => Draw;

    public override Tensor Gradient(Tensor output, Tensor input) =>
        autograd.grad([output.sum()], [input], create_graph: true, retain_graph: true)[0];

    public override Tensor Latent(long count) => latents!.narrow(0, 0, count);

    public override Tensor Augment(Tensor samples) => samples;

    public override void Keep(string name, Tensor value) => throw new NotSupportedException();

    public override Tensor? Kept(string name) => null;

    public override void Report(string scalar, Tensor value)
    {
    }

    private Tensor Packed(Tensor samples) => samples.reshape([-1, samples.shape[1] * Pack, .. samples.shape[2..]]);

    private Tensor Leaf(Tensor samples) => Packed(samples).detach().clone().requires_grad_();

    private sealed class FunctionModel(Func<Tensor, Tensor> logits) : GanModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>();

        public override LatentSpec Latent => LatentSpec.Normal(1);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();

        public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
            new(logits(samples), new Dictionary<string, Tensor> { ["features"] = samples * samples });
    }
}
