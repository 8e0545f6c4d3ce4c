using PluginGan.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>One update on given real and generated samples [N, ...], of a run that packs or does not.</summary>
internal sealed class DiscriminatorStep : GivenStep
{
    /// <summary>A step of a discriminator given as a function of its input.</summary>
    public DiscriminatorStep(Tensor real, Tensor fake, Func<Tensor, Tensor> logits)
        : this(real, fake, new FunctionModel(logits))
    {
    }

    /// <summary>A step of a model.</summary>
    public DiscriminatorStep(Tensor real, Tensor fake, GanModel model, Tensor? condition = null)
        : base(model, new Batch(real, condition)) => (Samples, Differentiates, Condition) = (fake, true, condition);

    public override Tensor? Condition { get; }

    private sealed class FunctionModel(Func<Tensor, Tensor> logits) : GanModel
    {
        public override IReadOnlyDictionary<string, nn.Module> Networks => new Dictionary<string, nn.Module>();

        public override LatentSpec Latent => LatentSpec.Normal(1);

        public override Tensor Generate(Tensor latent, Tensor? condition) => throw new NotSupportedException();

        public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
            new(logits(samples), new Dictionary<string, Tensor> { ["features"] = samples * samples });
    }
}

/// <summary>Penalties on a step's own pair.</summary>
internal static class StepPenalties
{
    /// <summary>The penalty on the pair, or that on the model.</summary>
    public static Tensor? Penalty(this Regularizer regularizer, GivenStep step) => regularizer.Penalty(step.Judged) ?? regularizer.ModelPenalty(step);
}
