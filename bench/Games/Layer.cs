using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Bench.Games;

/// <summary>A layer that computes, with what passes through it.</summary>
/// <param name="Network">The network's role.</param>
/// <param name="Name">The layer's name within the network.</param>
/// <param name="Module">The layer.</param>
/// <param name="Input">The shape that goes in, with the batch.</param>
/// <param name="Output">The shape that comes out.</param>
/// <param name="IsFirst">Whether its input is the network's: nothing is learned from the gradient with respect to it, unless another network made it.</param>
internal sealed record Layer(string Network, string Name, nn.Module<Tensor, Tensor> Module, long[] Input, long[] Output, bool IsFirst)
{
    /// <summary>Operations of the forward pass (a multiplication and an addition are two); each of the two halves of backward has as many.</summary>
    public double Operations => Module switch
    {
        // Every output of a convolution, and every input of a transposed one, meets each weight of its channel once. Borders count as if they were not.
        Conv2d => 2.0 * Elements(Output) * Elements(Weight.shape.AsSpan(1)),
        ConvTranspose2d => 2.0 * Elements(Input) * Elements(Weight.shape.AsSpan(1)),
        _ => 2.0 * Elements(Output) * Input[^1],
    };

    /// <summary>The layer's weight.</summary>
    public Parameter Weight => Module.get_parameter("weight")!;

    /// <summary>The convolutions and matrix products of a model in the order of its networks, found by running it once.</summary>
    public static IReadOnlyList<Layer> Of(GanModel model, int batch)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var found = new List<Layer>();
        foreach (var (role, network) in model.Networks)
            foreach (var (name, module) in network.named_modules())
                if (module is Conv2d or ConvTranspose2d or Linear)
                {
                    var layer = (nn.Module<Tensor, Tensor>)module;
                    layer.register_forward_hook((_, input, output) =>
                    {
                        found.Add(new Layer(role, name, layer, input.shape, output.shape, found.All(other => other.Network != role)));
                        return output;
                    });
                }
        model.Discriminate(model.Generate(randn(batch, model.Latent.Size), null), null);
        // A copy: the hooks stay with the layers.
        return [.. found];
    }

    private static double Elements(ReadOnlySpan<long> shape)
    {
        var product = 1.0;
        foreach (var size in shape)
            product *= size;
        return product;
    }
}
