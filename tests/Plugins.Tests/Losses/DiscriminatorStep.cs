using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>One update with a discriminator given as a function, on given real and generated samples [N, F].</summary>
internal sealed class DiscriminatorStep(Tensor real, Tensor fake, Func<Tensor, Tensor> logits) : AdversarialStep
{
    public ulong Draw { get; init; } = 1;

    public override GanModel Model { get; } = new FunctionModel(logits);

    public override Batch Real { get; } = new(real);

    public override Tensor Generated => fake;

    public override Tensor RealInput { get; } = Leaf(real);

    public override Tensor FakeInput { get; } = Leaf(fake);

    public override DiscriminatorOutput RealOutput => Model.Discriminate(RealInput, null);

    public override DiscriminatorOutput FakeOutput => Model.Discriminate(FakeInput, null);

    public override Tensor? Condition => null;

    public override TrainingTime Time => default;

    public override int Repeat => 0;

    public override int Micro => 0;

    public override ulong Seed(string purpose) => Draw;

    public override Tensor Gradient(Tensor output, Tensor input) =>
        autograd.grad([output.sum()], [input], create_graph: true, retain_graph: true)[0];

    public override Tensor Latent(long count) => throw new NotSupportedException();

    public override Tensor Augment(Tensor samples) => samples;

    public override void Keep(string name, Tensor value) => throw new NotSupportedException();

    public override Tensor? Kept(string name) => null;

    public override void Report(string scalar, Tensor value)
    {
    }

    private static Tensor Leaf(Tensor samples) => samples.detach().clone().requires_grad_();

    private sealed class FunctionModel(Func<Tensor, Tensor> logits) : GanModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>();

        public override LatentSpec Latent => LatentSpec.Normal(1);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();

        public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
            new(logits(samples), new Dictionary<string, Tensor> { ["features"] = samples * samples });
    }
}
