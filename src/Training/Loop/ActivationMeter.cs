using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>Counts the values that layers put out: what autograd keeps of a pass, nearly.</summary>
internal static class ActivationMeter
{
    /// <summary>The values of one pass of the generating networks and two of the discriminator, real and generated; 0 for parts that cannot be run alone.</summary>
    /// <param name="setup">A training that has not begun: networks on the CPU.</param>
    /// <param name="count">How many samples; few are enough.</param>
    public static long Measure(TrainerSetup setup, int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var draws = Draws.Begin(0);
        var (model, data) = (setup.Model, setup.Data.Spec);
        var condition = Condition(model.Condition, count);
        var values = 0L;
        var counted = model.Networks.Values.SelectMany(network => network.modules()).Distinct().OfType<nn.Module<Tensor, Tensor>>().Where(layer => !layer.children().Any())
            .Select(layer => layer.register_forward_hook((_, input, output) =>
            {
                values += SameMemory(input, output) ? 0 : output.NumberOfElements;
                return output;
            })).ToList();
        foreach (var network in model.Networks.Values)
            network.eval();
        try
        {
            var generated = Passes(() => _ = model.Generates.Count > 0 ? model.Generate(Latents.Draw(model.Latent, count, 0, CPU), condition) : null);
            var judged = Passes(() => _ = model.Networks.ContainsKey(Roles.Discriminator)
                ? model.Discriminate(Packing.Pack(zeros([count, .. data.Sample.Shape]), setup.Training.Pack), condition)
                : null);
            return generated + 2 * judged;
        }
        finally
        {
            foreach (var network in model.Networks.Values)
                network.train();
            foreach (var hook in counted)
                hook.remove();
        }

        long Passes(Action pass)
        {
            values = 0;
            try
            {
                pass();
                return values;
            }
            // A model that generates or judges in another way than by itself. Training will tell what is wrong, if anything is.
            catch (Exception error) when (!MemoryGuard.RanOut(error))
            {
                return 0;
            }
        }
    }

    private static Tensor? Condition(ConditionSpec condition, int count) => condition switch
    {
        ClassCondition => zeros(count, ScalarType.Int64),
        VectorCondition vector => zeros(count, vector.Size),
        SampleCondition sample => zeros([count, .. sample.Sample.Shape]),
        _ => null,
    };

    // Activations in place and changes of shape leave nothing of their own.
    private static bool SameMemory(Tensor input, Tensor output) =>
        input.is_contiguous() && output.is_contiguous() && Unsafe.AreSame(ref MemoryMarshal.GetReference(input.bytes), ref MemoryMarshal.GetReference(output.bytes));
}
