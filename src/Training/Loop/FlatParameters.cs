using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// Trainable parameters of one network and one dtype as views of one buffer, with their gradients as views of another: optimisers, clipping,
/// averages and finite checks are then a few operations, however many layers there are.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    // Every parameter starts at a multiple of a cache line.
    private const int Alignment = 64;

    private readonly List<Parameter> parameters = [];

    /// <summary>Moves the values of the parameters into the buffer and lets the parameters point there; the module objects stay as they are.</summary>
    /// <param name="parameters">Parameters of one dtype on one device, by name.</param>
    /// <param name="channelsLast">Whether weights of convolutions lie with their channels innermost.</param>
    public FlatParameters(IEnumerable<(string Name, Parameter Value)> parameters, bool channelsLast)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var slices = new List<WeightSlice>();
        var length = 0L;
        foreach (var (name, parameter) in parameters)
        {
            this.parameters.Add(parameter);
            slices.Add(new WeightSlice(name, length, parameter.shape, Strides(parameter.shape, channelsLast)));
            var step = Alignment / parameter.ElementSize;
            length += (parameter.NumberOfElements + step - 1) / step * step;
        }
        Slices = slices;
        Weights = zeros(length, dtype: this.parameters[0].dtype, device: this.parameters[0].device).DetachFromDisposeScope();
        Gradients = zeros_like(Weights).DetachFromDisposeScope();
        foreach (var (parameter, slice) in this.parameters.Zip(Slices))
        {
            var place = slice.Of(Weights);
            place.copy_(parameter);
            parameter.set_(place);
            parameter.grad = slice.Of(Gradients);
        }
    }

    /// <summary>All weights, [n].</summary>
    public Tensor Weights { get; }

    /// <summary>All gradients, [n].</summary>
    public Tensor Gradients { get; }

    /// <summary>Where each parameter lies.</summary>
    public IReadOnlyList<WeightSlice> Slices { get; }

    /// <summary>The parts of a buffer by the names of the parameters, as views.</summary>
    public IEnumerable<(string Name, Tensor Value)> Named(Tensor buffer) => Slices.Select(slice => (slice.Name, slice.Of(buffer)));

    public void Dispose()
    {
        // The parameters keep their memory: a network may be used after its training.
        foreach (var parameter in parameters)
            parameter.grad = null;
        Gradients.Dispose();
        Weights.Dispose();
    }

    private static long[] Strides(long[] shape, bool channelsLast)
    {
        var strides = new long[shape.Length];
        // The axes from the innermost outwards.
        int[] axes = channelsLast && shape.Length == 4 ? [1, 3, 2, 0] : [.. Enumerable.Range(0, shape.Length).Reverse()];
        var stride = 1L;
        foreach (var axis in axes)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        return strides;
    }
}
