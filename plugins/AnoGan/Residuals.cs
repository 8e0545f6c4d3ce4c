using static TorchSharp.torch;

namespace PluginGan.Plugins.AnoGan;

/// <summary>What is lost on the way of a sample through encoder and generator: what f-AnoGAN's encoder minimises, and its measure of anomaly.</summary>
internal static class Residuals
{
    /// <summary>For each sample ‖x - G(E(x))‖² / n and ‖f(x) - f(G(E(x)))‖² / n_f, both [N], f the discriminator's features.</summary>
    /// <param name="model">Has encoder, generator and discriminator.</param>
    /// <param name="samples">x, [N, ...].</param>
    /// <exception cref="ComponentException">The discriminator has no features.</exception>
    public static (Tensor Samples, Tensor Features) Of(GanModel model, Tensor samples)
    {
        var again = model.Generate(model.Encode(samples, null).Mean, null);
        Tensor Features(Tensor of) => model.Discriminate(of, null).Features;
        return (MeanSquare(samples.sub(again)), MeanSquare(Features(samples).sub(Features(again))));
    }

    private static Tensor MeanSquare(Tensor gap) => gap.mul(gap).flatten(1).mean([1]);
}
