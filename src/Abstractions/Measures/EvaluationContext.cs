using static TorchSharp.torch;

namespace PluginGan;

/// <summary>
/// What an evaluator works on. All evaluators of a run share one generation pass and one feature pass; tensors belong to the
/// context and lie on the CPU.
/// </summary>
public abstract class EvaluationContext
{
    /// <summary>The data of the run.</summary>
    public abstract DataSpec Data { get; }

    /// <summary>
    /// The model in evaluation mode, with averaged weights where the run averages. Evaluated after its run, only the networks of
    /// <see cref="GanModel.Generates"/> and the model's state are the trained ones.
    /// </summary>
    public abstract GanModel Model { get; }

    /// <summary>Cancelled when the user interrupts.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>The samples of a set, float32 [N, ...] in the range of the sample spec.</summary>
    public abstract Tensor Samples(SampleSet set);

    /// <summary>Their conditions, first dimension N: the labels of real samples, and what generated samples were asked to be; null without.</summary>
    public abstract Tensor? Conditions(SampleSet set);

    /// <summary>The features of a set under a feature extractor, by its component name.</summary>
    /// <exception cref="ComponentException">There is no such extractor, or it does not take these samples.</exception>
    public abstract FeatureOutput Features(SampleSet set, string extractor);

    /// <summary>A seed for that purpose in this evaluation. Equal purposes give equal seeds.</summary>
    public abstract ulong Seed(string purpose);
}
