using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>A model whose forward passes are timed. The model itself stays its owner's.</summary>
internal sealed class TimedModel(GanModel model, Timeline timeline) : GanModel
{
    public override IReadOnlyDictionary<string, nn.Module> Networks => model.Networks;

    public override LatentSpec Latent => model.Latent;

    public override ConditionSpec Condition => model.Condition;

    public override Tensor Generate(Tensor latent, Tensor? condition) => timeline.During("generator, forward", () => model.Generate(latent, condition));

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
        timeline.During("discriminator, forward (three times)", () => model.Discriminate(samples, condition));
}
