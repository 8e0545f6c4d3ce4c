using System.Runtime.Loader;
using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary>What a second signal met, in words.</summary>
internal static class InterruptedCall
{
    /// <summary><c>ended at once, without a checkpoint, in iteration 12, phase 'd', the loss of the plugin 'X'</c>.</summary>
    public static string Describe(TracedCall call)
    {
        string?[] parts = [call.Iteration < 0 ? null : $"iteration {call.Iteration}", call.Activity, Callee(call.Callee)];
        var where = string.Join(", ", parts.Where(part => !string.IsNullOrEmpty(part)));
        return $"ended at once by a second signal{(where.Length == 0 ? "" : $", in {where}")}; what was not written yet is lost";
    }

    private static string? Callee(object? callee) => callee switch
    {
        null => null,
        string plugin => $"the plugin '{plugin}'",
        _ => $"the {Kind(callee)}{Plugin(callee)}",
    };

    private static string Kind(object component) => component switch
    {
        Dataset => "dataset",
        GanModel => "architecture",
        AdversarialLoss => "loss",
        Objective => "objective",
        Regularizer => "regularizer",
        Augmentation => "augmentation",
        Evaluator => "evaluator",
        FeatureExtractor => "feature extractor",
        Optimizer => "optimizer",
        _ => "component",
    };

    // As in error messages: what is loaded by itself comes from a plugin's folder.
    private static string Plugin(object component)
    {
        var assembly = component.GetType().Assembly;
        var isOurs = AssemblyLoadContext.GetLoadContext(assembly) == AssemblyLoadContext.Default;
        return isOurs ? "" : $" of the plugin '{assembly.GetName().Name}'";
    }
}
