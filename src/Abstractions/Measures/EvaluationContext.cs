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
    /// The model in evaluation mode, with averaged weights where the run averages; null where the generated samples came from elsewhere.
    /// Evaluated after its run, the trained ones are the
    /// networks of <see cref="GanModel.Generates"/>, those that the evaluator's <see cref="ComponentInfo.RequiredRoles"/> name, and the model's state.
    /// </summary>
    public abstract GanModel? Model { get; }

    /// <summary>Cancelled when the user interrupts.</summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>How many samples a set has; 0 where there is no such set.</summary>
    public abstract long Count(SampleSet set);

    /// <summary>The samples of a set, float32 [N, ...] in the range of the sample spec. The training data may be large: ask for rows of it.</summary>
    /// <exception cref="ComponentException">There are no such samples, or only their features are known.</exception>
    public abstract Tensor Samples(SampleSet set);

    /// <summary>Some samples of a set, in the order of the rows.</summary>
    /// <param name="set">The set.</param>
    /// <param name="rows">Positions, each 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ComponentException">There are no such samples, or only their features are known.</exception>
    public abstract Tensor Samples(SampleSet set, IReadOnlyList<long> rows);

    /// <summary>Their conditions, first dimension N: the labels of real samples, and what generated samples were asked to be; null without.</summary>
    public abstract Tensor? Conditions(SampleSet set);

    /// <summary>The features of a set under a feature extractor, by its component name.</summary>
    /// <exception cref="ComponentException">There is no such extractor or set, or it does not take these samples.</exception>
    public abstract FeatureOutput Features(SampleSet set, string extractor);

    /// <summary>A seed for that purpose in this evaluation. Equal purposes give equal seeds.</summary>
    public abstract ulong Seed(string purpose);

    /// <summary>Trains a network by the host's trainer, on the device of the run, and leaves it in evaluation mode on the CPU.</summary>
    /// <param name="fitting">Network, loss and settings.</param>
    /// <param name="data">Samples as <see cref="Samples(SampleSet)"/> gives them, with their conditions; stays the caller's.</param>
    /// <param name="purpose">What it is for: decides the order of the data and what the network draws.</param>
    /// <exception cref="OperationCanceledException">The user interrupted.</exception>
    public abstract void Fit(Fitting fitting, Batch data, string purpose);

    /// <summary>Says how far a long measurement has come; the host shows it after two seconds. <see cref="Fit"/> says it itself.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="total">Units in all.</param>
    public virtual void ReportProgress(long done, long total)
    {
    }

    /// <summary>Adds a warning to the evaluation: the host shows it, and keeps it with the scores. A warning that is given again is one warning, and those
    /// of floors and intervals are left out.</summary>
    /// <param name="message">What is doubtful about which metric, and what would help.</param>
    public virtual void Warn(string message)
    {
    }

    /// <summary>Hands over samples for a person to look at: the host writes them beside the scores.</summary>
    /// <param name="name">A name in lower case with hyphens: <c>nearest-neighbours</c>.</param>
    /// <param name="samples">[N, ...] in the range of the sample spec, row by row.</param>
    /// <param name="columns">Samples in a row.</param>
    public abstract void Show(string name, Tensor samples, int columns);
}
