using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>The networks of the way back, from samples to conditions. Any architecture that has them can be trained by <c>cyclegan</c> and measured by <c>cycle-error</c>.</summary>
internal static class TranslationRoles
{
    /// <summary>Turns samples [N, C, H, W] into conditions [N, S, H, W]: called with the samples alone.</summary>
    public const string InverseGenerator = "inverse-generator";

    /// <summary>Tells conditions [N, S, H, W] from what the inverse generator makes: logits [N, ...].</summary>
    public const string InverseDiscriminator = "inverse-discriminator";

    /// <summary>One of these networks of a model.</summary>
    /// <exception cref="ComponentException">It is no module from a tensor to a tensor.</exception>
    public static nn.Module<Tensor, Tensor> Inverse(this GanModel model, string role) => model.Networks[role] as nn.Module<Tensor, Tensor>
        ?? throw new ComponentException($"the network '{role}' must be a module from a tensor to a tensor, but is a {model.Networks[role].GetType().Name}");
}
