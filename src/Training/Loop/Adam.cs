using PluginGan.Core;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Adam (arXiv:1412.6980) over the parameters of one network, equal to <c>torch.optim.Adam</c>. Numbers that do not change are kept
/// as native scalars: a conversion at every step would leave garbage that only the collector frees.
/// </summary>
internal sealed class Adam : IDisposable
{
    private readonly OptimizerSettings settings;
    private readonly Scalar beta1, beta2, oneMinusBeta1, oneMinusBeta2, epsilon;
    private readonly IReadOnlyList<(string Name, Parameter Value, Tensor Mean, Tensor Square)> parameters;

    public Adam(nn.Module network, OptimizerSettings settings)
    {
        this.settings = settings;
        (beta1, beta2, oneMinusBeta1, oneMinusBeta2, epsilon) = (settings.Beta1, settings.Beta2, 1 - settings.Beta1, 1 - settings.Beta2, settings.Epsilon);
        parameters = [.. network.named_parameters().Select(entry =>
            (entry.name, entry.parameter, zeros_like(entry.parameter).DetachFromDisposeScope(), zeros_like(entry.parameter).DetachFromDisposeScope()))];
    }

    /// <summary>Steps made so far: the bias correction depends on it.</summary>
    public long Steps { get; set; }

    /// <summary>The moments by name, as a checkpoint keeps them.</summary>
    public IEnumerable<(string Name, Tensor Value)> State =>
        parameters.SelectMany(p => new[] { ($"{p.Name}/mean", p.Mean), ($"{p.Name}/square", p.Square) });

    /// <summary>Forgets the gradients.</summary>
    public void ZeroGrad()
    {
        foreach (var (_, parameter, _, _) in parameters)
            parameter.grad = null;
    }

    /// <summary>Updates the parameters that have a gradient.</summary>
    /// <param name="time">Where the run stands, for the learning rate's schedule.</param>
    public void Step(TrainingTime time)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Steps++;
        using Scalar rate = -settings.Rate.At(time) / (1 - Math.Pow(settings.Beta1, Steps));
        using Scalar correction = 1 / Math.Sqrt(1 - Math.Pow(settings.Beta2, Steps));
        foreach (var (_, parameter, mean, square) in parameters)
        {
            if (parameter.grad is not { } gradient)
                continue;
            mean.mul_(beta1).add_(gradient, oneMinusBeta1);
            square.mul_(beta2).addcmul_(gradient, gradient, oneMinusBeta2);
            parameter.addcdiv_(mean, square.sqrt().mul_(correction).add_(epsilon), rate);
        }
    }

    public void Dispose()
    {
        foreach (var (_, value) in State)
            value.Dispose();
        foreach (var scalar in (Scalar[])[beta1, beta2, oneMinusBeta1, oneMinusBeta2, epsilon])
            scalar.Dispose();
    }
}
