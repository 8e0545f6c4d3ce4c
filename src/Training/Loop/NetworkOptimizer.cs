using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>How one network is optimised.</summary>
/// <param name="Rule">The rule; it belongs to this network alone.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Clip">How gradients are clipped, or null.</param>
public sealed record NetworkOptimizer(Optimizer Rule, Schedule Rate, GradientClip? Clip = null);
