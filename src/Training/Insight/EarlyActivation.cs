using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The first activation of a generator that tells latents apart, found by listening to its layers while it generates: the output of the mapping network
/// where the model has one, else of the first layer with parameters. Nothing in the model needs to know of it.
/// </summary>
internal sealed class EarlyActivation
{
    private readonly nn.Module module;

    private EarlyActivation(string name, nn.Module module, long features) => (Name, this.module, Features) = (name, module, features);

    /// <summary>The layer, as <c>network.layer</c>.</summary>
    public string Name { get; }

    /// <summary>How many values it has for a sample.</summary>
    public long Features { get; }

    /// <summary>Finds it, or null where no layer can be listened to: one that is not called as a layer, or takes no tensors.</summary>
    /// <param name="model">The model.</param>
    /// <param name="generate">Generates samples from different latents under one condition.</param>
    /// <param name="count">How many samples that are.</param>
    public static EarlyActivation? Find(GanModel model, Action generate, int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var heard = new List<EarlyActivation>();
        var removals = new List<Action>();
        foreach (var role in model.Generates)
            foreach (var (name, module) in Listened(role, model.Networks[role]))
                if (Listen(module, output => Hear(name, module, output)) is { } remove)
                    removals.Add(remove);
        Quietly(generate, removals);
        return heard.Find(layer => layer.Name == Roles.Mapping) ?? heard.FirstOrDefault();

        void Hear(string name, nn.Module module, Tensor output)
        {
            if (TellsApart(output, count))
                heard.Add(new EarlyActivation(name, module, output.NumberOfElements / count));
        }
    }

    /// <summary>What the layer makes of the latents, when it is first called in each pass: float32 [N, Features].</summary>
    /// <param name="passes">Generate samples, N in all.</param>
    public Tensor Record(IEnumerable<Action> passes)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var outputs = new List<Tensor>();
        foreach (var pass in passes)
        {
            Tensor? first = null;
            // A copy out of whatever scope the layer is called in: what follows may change the tensor in place.
            Quietly(pass, [Listen(module, output => first ??= output.detach().to(ScalarType.Float32).flatten(1).clone().DetachFromDisposeScope())!]);
            scope.Attach(first!);
            outputs.Add(first!);
        }
        return cat(outputs).MoveToOuterDisposeScope();
    }

    // The mapping network as a whole, and every layer that has parameters of its own.
    private static IEnumerable<(string Name, nn.Module Module)> Listened(string role, nn.Module network)
    {
        var layers = network.named_modules().Where(entry => entry.name.Length > 0).Select(entry => (Name: $"{role}.{entry.name}", Module: entry.module));
        return layers.Append((Name: role, Module: network))
            .Where(entry => entry.Module.parameters(recurse: false).Any() || entry.Name == Roles.Mapping);
    }

    private static void Quietly(Action generate, IEnumerable<Action> removals)
    {
        try
        {
            generate();
        }
        finally
        {
            foreach (var remove in removals)
                remove();
        }
    }

    private static bool TellsApart(Tensor output, int count)
    {
        using var scope = NewDisposeScope();
        return output.dim() > 1 && output.shape[0] == count && output.is_floating_point()
            && output.sub(output.narrow(0, 0, 1)).abs().gt(zeros(1, dtype: output.dtype, device: output.device)).any().item<bool>();
    }

    private static Action? Listen(nn.Module module, Action<Tensor> hear)
    {
        Tensor Heard(Tensor output)
        {
            hear(output);
            return output;
        }
        switch (module)
        {
            case nn.Module<Tensor, Tensor> layer:
                return layer.register_forward_hook((_, _, output) => Heard(output)).remove;
            case nn.Module<Tensor, Tensor, Tensor> layer:
                return layer.register_forward_hook((_, _, _, output) => Heard(output)).remove;
            case nn.Module<Tensor, Tensor, Tensor, Tensor> layer:
                return layer.register_forward_hook((_, _, _, _, output) => Heard(output)).remove;
            default:
                return null;
        }
    }
}
