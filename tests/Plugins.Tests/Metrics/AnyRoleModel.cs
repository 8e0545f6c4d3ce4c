using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>
/// A model with whatever networks an evaluator wants. Each halves; what it encodes is the part of a point along the first axis, so that
/// samples of the first class come back best.
/// </summary>
internal sealed class AnyRoleModel(IEnumerable<string> roles) : GanModel
{
    public override IReadOnlyDictionary<string, nn.Module> Networks { get; } = roles.ToDictionary(role => role, _ => (nn.Module)new Half());

    public override LatentSpec Latent { get; } = LatentSpec.Normal(2);

    public override Tensor Generate(Tensor latent, Tensor? condition) => latent;

    public override LatentEncoding Encode(Tensor samples, Tensor? condition) => new(samples.relu() * tensor(new[] { 1f, 0f }));

    public override DiscriminatorOutput Discriminate(Tensor samples, Tensor? condition) =>
        new(samples.sum(1), new Dictionary<string, Tensor> { ["features"] = samples });

    private sealed class Half : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter factor = new(tensor(0.5f));

        public Half()
            : base(nameof(Half)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * factor;
    }
}
