using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>A model whose samples follow from functions that a test gives.</summary>
internal sealed class PlantedModel(LatentSpec latent, Func<Tensor, Tensor?, Tensor> generate, IReadOnlyDictionary<string, nn.Module>? networks = null) : GanModel
{
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; } = networks ?? new Dictionary<string, nn.Module> { [Roles.Generator] = nn.Identity() };

    public override LatentSpec Latent => latent;

    public ConditionSpec Conditioned { get; init; } = ConditionSpec.None;

    public Func<Tensor, Tensor?, Tensor>? Judge { get; init; }

    public override ConditionSpec Condition => Conditioned;

    public override Tensor Generate(Tensor latent, Tensor? condition) => generate(latent, condition);

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) => Judge is null ? base.Discriminate(samples, condition) : new(Judge(samples, condition));

    /// <summary>The model as explorations have it.</summary>
    public ExploredModel Explored(SampleSpec sample, ulong seed = 1, int count = 3, int steps = 3) => new(this, sample, CPU, seed) { Count = count, Steps = steps };
}
