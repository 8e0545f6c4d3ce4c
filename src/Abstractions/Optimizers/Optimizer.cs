namespace PluginGan;

/// <summary>
/// The rule by which the weights of one network are moved. All weights of a network lie in one buffer, their gradients in another, so that a rule is
/// a few operations on whole buffers. The host asks for a rule of its own for each network, keeps its moments, and clips and checks gradients before.
/// </summary>
public abstract class Optimizer : Component
{
    /// <summary>The names of the buffers that the rule keeps from step to step; each has the size of the weights and is zero at first.</summary>
    public abstract IReadOnlyList<string> Moments { get; }

    /// <summary>Moves the weights, in place and without gradients.</summary>
    public abstract void Step(OptimizerStep step);
}
