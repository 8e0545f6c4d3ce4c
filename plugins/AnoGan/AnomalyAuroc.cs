using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.AnoGan;

/// <summary>
/// How well anomalies are told from normal samples by what is lost on the way through encoder and generator, A(x) = ‖x - G(E(x))‖² / n + κ ‖f(x) - f(G(E(x)))‖² / n_f
/// (f-AnoGAN, doi:10.1016/j.media.2019.01.010): the area under the ROC curve over the evaluation data, of which some classes are normal and all others are not.
/// </summary>
internal sealed class AnomalyAuroc : Evaluator
{
    private const string Name = "anomaly-auroc";

    private readonly AnomalyOptions options;

    /// <param name="options">Its options.</param>
    /// <param name="classes">The classes of the run's data where they are known: a normal one that does not exist is told before training.</param>
    /// <exception cref="ComponentException">A normal class does not exist, or none is named.</exception>
    public AnomalyAuroc(AnomalyOptions options, ClassCondition? classes = null)
    {
        this.options = options;
        if (classes is not null)
            Normal(classes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<MetricInfo> Metrics { get; } =
        [new(Name, "The probability that an anomaly scores above a normal sample: 0.5 by chance, 1 at best.", MetricDirection.Higher)];

    /// <summary>No: it does not look at generated samples.</summary>
    public override bool IsResampled => false;

    /// <inheritdoc/>
    public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
    {
        var model = context.Model ?? throw new ComponentException($"{Name} scores samples by the model's networks, and there is no model in this evaluation");
        if (context.Data.Condition is not ClassCondition classes || context.Conditions(SampleSet.Real) is not { } labels)
            throw new ComponentException($"{Name} needs labelled data to know the anomalies, but the data has {context.Data.Condition}; take labelled data (option 'labels' of the dataset)");
        var normal = Normal(classes).ToHashSet();

        var isNormal = labels.to(ScalarType.Int64).data<long>().Select(normal.Contains).ToArray();
        var count = isNormal.Count(known => known);
        if (count == 0 || count == isNormal.Length)
        {
            throw new ComponentException($"{Name} compares normal samples with anomalies, but the evaluation data has {count} of the one "
                + $"and {isNormal.Length - count} of the other; evaluate on all classes (\"evaluation\": {{ \"dataset\": ... }})");
        }
        var scores = Scores(model, context);
        var broken = scores.Count(score => !double.IsFinite(score));
        if (broken > 0)
        {
            throw new ComponentException($"{Name} has no result: {broken} of {scores.Length} anomaly scores are NaN or infinite; "
                + "evaluate a model and data that are finite");
        }
        return [new MetricValue(Name, RocCurve.Area(Where(true), Where(false)))];

        double[] Where(bool wanted) => [.. scores.Where((_, place) => isNormal[place] == wanted)];
    }

    private IReadOnlyList<long> Normal(ClassCondition classes) => ClassNames.Find(Name, "normal", options.Normal, classes);

    private double[] Scores(GanModel model, EvaluationContext context)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using Scalar residual = options.Residual;
        using Scalar one = 1.0;
        var device = model.Networks.Values.SelectMany(network => network.parameters()).First().device;
        var batches = context.Samples(SampleSet.Real).split(options.Batch).Select(batch =>
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var (samples, features) = Residuals.Of(model, batch.to(device));
            return samples.add(features.mul(residual), one).to(ScalarType.Float64).cpu().data<double>().ToArray();
        });
        return [.. batches.SelectMany(batch => batch)];
    }
}
