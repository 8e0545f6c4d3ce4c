using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests.Translation;

/// <summary>The gradients of a loss by the weights of networks in float64 against central differences.</summary>
internal static class NetworkGradients
{
    private const double Width = 1e-6;
    private const int PerParameter = 12;

    /// <summary>Compares some values of each parameter, evenly spread.</summary>
    /// <param name="networks">The networks whose parameters the loss depends on.</param>
    /// <param name="loss">Computes it anew.</param>
    public static void AssertDifferences(IEnumerable<nn.Module> networks, Func<Tensor> loss)
    {
        (string Name, TorchSharp.Modules.Parameter Value)[] parameters = [.. networks.SelectMany(network => network.named_parameters().Select(entry => ($"{network.GetName()}.{entry.name}", entry.parameter)))];
        foreach (var (_, parameter) in parameters)
            parameter.grad?.zero_();
        loss().backward();
        foreach (var (name, parameter) in parameters)
        {
            using var scope = NewDisposeScope();
            var (flat, gradient) = (parameter.detach().flatten(), parameter.grad!.flatten().data<double>().ToArray());
            var every = Math.Max(1, gradient.Length / PerParameter);
            for (var place = 0; place < gradient.Length; place += every)
            {
                var element = flat.narrow(0, place, 1);
                element.add_(Width);
                var above = Value(loss);
                element.sub_(2 * Width);
                var below = Value(loss);
                element.add_(Width);
                Assert.That((above - below) / (2 * Width), Is.EqualTo(gradient[place]).Within(1e-6 * Math.Max(1, Math.Abs(gradient[place]))), $"{name}[{place}]");
            }
            Assert.That(gradient.Max(Math.Abs), Is.GreaterThan(1e-6), name);
        }
    }

    private static double Value(Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return loss().item<double>();
    }
}
