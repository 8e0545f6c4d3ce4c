using static TorchSharp.torch;

namespace PluginGan.Plugins.CtGan;

/// <summary>
/// A one-dimensional Gaussian mixture whose number of modes the data decides: variational Bayes with a truncated Dirichlet process as the prior of the weights (Blei and Jordan, 2006;
/// Bishop, "Pattern Recognition and Machine Learning", section 10.2). The same model, priors and updates as scikit-learn's BayesianGaussianMixture(weight_concentration_prior_type=
/// "dirichlet_process", weight_concentration_prior=0.001), which CTGAN takes, begun from k-means that starts at quantiles: no random draw.
/// </summary>
/// <param name="Weights">Shares of the modes, summing to 1.</param>
/// <param name="Means">Their means.</param>
/// <param name="Deviations">Their standard deviations, above 0.</param>
internal sealed record BayesianMixture(double[] Weights, double[] Means, double[] Deviations)
{
    // The prior of the stick-breaking weights (Beta(1, γ)), and of each mean: as much as one value at the mean of all.
    private const double Concentration = 1e-3;
    private const double MeanPrecision = 1;
    private const double Regularisation = 1e-6;
    private const int Iterations = 100;
    private const double Tolerance = 1e-3;
    private const double MachineEpsilon = 2.220446049250313e-16;

    /// <summary>Fits so many modes to values, of which there is at least one.</summary>
    public static BayesianMixture Fit(double[] values, int modes)
    {
        modes = Math.Min(modes, values.Distinct().Take(modes).Count());
        // On values of mean 0 and variance 1, so that the regularisation means the same for every column.
        var shift = values.Average();
        var scale = Math.Sqrt(values.Average(value => (value - shift) * (value - shift)));
        scale = scale > 0 ? scale : 1;
        var fitted = FitScaled([.. values.Select(value => (value - shift) / scale).Order()], modes);
        return fitted with { Means = [.. fitted.Means.Select(mean => mean * scale + shift)], Deviations = [.. fitted.Deviations.Select(deviation => deviation * scale)] };
    }

    private static BayesianMixture FitScaled(double[] sorted, int modes)
    {
        var labels = QuantileMeans.Cluster(sorted, modes);
        var responsibilities = new double[sorted.Length, modes];
        for (var at = 0; at < sorted.Length; at++)
            responsibilities[at, labels[at]] = 1;

        var mean = sorted.Average();
        // The prior of each variance: that of all values together. Equal values have none.
        var variance = sorted.Length < 2 ? 0 : sorted.Sum(value => (value - mean) * (value - mean)) / (sorted.Length - 1);
        var posterior = Posterior.Of(sorted, responsibilities, mean, Math.Max(variance, Regularisation));
        var bound = double.NegativeInfinity;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var before = bound;
            var entropy = Expect(sorted, posterior, responsibilities);
            posterior = Posterior.Of(sorted, responsibilities, mean, Math.Max(variance, Regularisation));
            bound = entropy + posterior.Bound();
            if (Math.Abs(bound - before) < Tolerance)
                break;
        }
        return new BayesianMixture(posterior.Weights(), posterior.Means, [.. posterior.Variances.Select(Math.Sqrt)]);
    }

    /// <summary>Each value's shares of the modes under the posterior, in place; yields their entropy.</summary>
    private static double Expect(double[] values, Posterior posterior, double[,] responsibilities)
    {
        var (modes, constants, entropy) = (posterior.Means.Length, posterior.LogConstants(), 0.0);
        var logs = new double[modes];
        for (var at = 0; at < values.Length; at++)
        {
            var most = double.NegativeInfinity;
            for (var mode = 0; mode < modes; mode++)
            {
                var gap = values[at] - posterior.Means[mode];
                logs[mode] = constants[mode] - 0.5 * gap * gap / posterior.Variances[mode];
                most = Math.Max(most, logs[mode]);
            }
            var sum = 0.0;
            for (var mode = 0; mode < modes; mode++)
                sum += responsibilities[at, mode] = Math.Exp(logs[mode] - most);
            for (var mode = 0; mode < modes; mode++)
            {
                var share = responsibilities[at, mode] /= sum;
                entropy -= share > 0 ? share * (logs[mode] - most - Math.Log(sum)) : 0;
            }
        }
        return entropy;
    }

    /// <summary>The variational posterior: Beta(First, Second) for the breaks of the stick, a Gauss-Wishart distribution for each mode.</summary>
    private sealed record Posterior(double[] First, double[] Second, double[] Precision, double[] Freedom, double[] Means, double[] Variances)
    {
        public static Posterior Of(double[] values, double[,] responsibilities, double priorMean, double priorVariance)
        {
            var modes = responsibilities.GetLength(1);
            var (counts, means, variances) = (new double[modes], new double[modes], new double[modes]);
            for (var mode = 0; mode < modes; mode++)
            {
                var (count, sum, squares) = (10 * MachineEpsilon, 0.0, 0.0);
                for (var at = 0; at < values.Length; at++)
                    (count, sum) = (count + responsibilities[at, mode], sum + responsibilities[at, mode] * values[at]);
                var centre = sum / count;
                for (var at = 0; at < values.Length; at++)
                    squares += responsibilities[at, mode] * (values[at] - centre) * (values[at] - centre);
                var precision = MeanPrecision + count;
                var fromPrior = centre - priorMean;
                counts[mode] = count;
                means[mode] = (MeanPrecision * priorMean + count * centre) / precision;
                variances[mode] = (priorVariance + count * (squares / count + Regularisation + MeanPrecision / precision * fromPrior * fromPrior)) / (1 + count);
            }
            var after = new double[modes];
            for (var mode = modes - 2; mode >= 0; mode--)
                after[mode] = after[mode + 1] + counts[mode + 1];
            return new Posterior(
                [.. counts.Select(count => 1 + count)], [.. after.Select(count => Concentration + count)],
                [.. counts.Select(count => MeanPrecision + count)], [.. counts.Select(count => 1 + count)], means, variances);
        }

        /// <summary>The expected shares: what each break leaves of the stick.</summary>
        public double[] Weights()
        {
            var left = 1.0;
            var weights = new double[Means.Length];
            for (var mode = 0; mode < weights.Length; mode++)
            {
                var whole = First[mode] + Second[mode];
                weights[mode] = left * First[mode] / whole;
                left *= Second[mode] / whole;
            }
            return [.. weights.Select(weight => weight / weights.Sum())];
        }

        /// <summary>What the expected logarithm of a mode's weighted density holds beside the squared distance.</summary>
        public double[] LogConstants()
        {
            var (first, second, whole, freedom) = (DiGamma(First), DiGamma(Second), DiGamma([.. First.Zip(Second, (a, b) => a + b)]), DiGamma([.. Freedom.Select(degrees => degrees / 2)]));
            var broken = 0.0;
            var constants = new double[Means.Length];
            for (var mode = 0; mode < constants.Length; mode++)
            {
                var logWeight = first[mode] - whole[mode] + broken;
                broken += second[mode] - whole[mode];
                var logPrecision = Math.Log(2) + freedom[mode];
                constants[mode] = logWeight - 0.5 * (Math.Log(2 * Math.PI) + Math.Log(Variances[mode]) + Math.Log(Freedom[mode])) + 0.5 * (logPrecision - 1 / Precision[mode]);
            }
            return constants;
        }

        /// <summary>The lower bound of the evidence, less the entropy of the responsibilities and what stays the same.</summary>
        public double Bound()
        {
            var (first, second, whole, freedom) = (LogGamma(First), LogGamma(Second), LogGamma([.. First.Zip(Second, (a, b) => a + b)]), LogGamma([.. Freedom.Select(degrees => degrees / 2)]));
            return Enumerable.Range(0, Means.Length).Sum(mode =>
            {
                var logScale = -0.5 * (Math.Log(Variances[mode]) + Math.Log(Freedom[mode]));
                return Freedom[mode] * (logScale + 0.5 * Math.Log(2)) + freedom[mode] + first[mode] + second[mode] - whole[mode] - 0.5 * Math.Log(Precision[mode]);
            });
        }

        private static double[] DiGamma(double[] at)
        {
            using var scope = NewDisposeScope();
            return tensor(at).digamma().data<double>().ToArray();
        }

        private static double[] LogGamma(double[] at)
        {
            using var scope = NewDisposeScope();
            return tensor(at).lgamma().data<double>().ToArray();
        }
    }
}
