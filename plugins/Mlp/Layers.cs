using PluginGan.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace PluginGan.Plugins.Mlp;

/// <summary>What both networks are made of.</summary>
internal static class Layers
{
    private const double Slope = 0.2;

    /// <summary>Hidden layers, [N, inputs] to [N, last width].</summary>
    public static Sequential Hidden(int inputs, IReadOnlyList<int> widths, Activation activation, int pieces, bool batchNorm)
    {
        var layers = Sequential();
        for (var layer = 1; layer <= widths.Count; layer++)
        {
            var outputs = widths[layer - 1] * (activation == Activation.Maxout ? pieces : 1);
            // Batch normalisation would subtract a bias again.
            layers.append($"linear{layer}", Linear(inputs, outputs, hasBias: !batchNorm));
            if (batchNorm)
                layers.append($"norm{layer}", BatchNorm1d(outputs));
            layers.append($"activation{layer}", Of(activation, pieces));
            inputs = widths[layer - 1];
        }
        return layers;
    }

    /// <summary>Draws the weights of linear layers anew, N(0, deviation), from torch's global generator, and sets their biases to 0; a deviation of 0 leaves all as it is.</summary>
    public static void Initialise(this nn.Module network, double deviation)
    {
        if (deviation == 0)
            return;
        foreach (var layer in network.modules().OfType<Linear>())
        {
            init.normal_(layer.weight, 0, deviation);
            if (layer.bias is { } bias)
                init.zeros_(bias);
        }
    }

    /// <summary>Values [N, W] with the one-hot classes (int64, P for each of the N rows) behind them, [N, W + P·count]; as they are where there are no classes.</summary>
    /// <exception cref="ComponentException">There are classes and none are given.</exception>
    public static Tensor WithClasses(Tensor values, Tensor? classes, int count)
    {
        if (count == 0)
            return values;
        if (classes is null)
            throw new ComponentException("this mlp is class-conditional: it needs the class of each sample");
        var oneHot = functional.one_hot(classes, count).to(values.dtype).reshape(values.shape[0], -1);
        return cat([values, oneHot], 1);
    }

    private static Module<Tensor, Tensor> Of(Activation activation, int pieces) => activation switch
    {
        Activation.Maxout => new Maxout(pieces),
        Activation.LeakyRelu => new LeakyRelu(Slope),
        _ => ReLU(inplace: true),
    };
}
