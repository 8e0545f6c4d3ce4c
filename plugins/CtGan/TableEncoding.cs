using PluginGan.Layers;
using TorchSharp;
using static PluginGan.Scalars;
using static TorchSharp.torch;

namespace PluginGan.Plugins.CtGan;

/// <summary>
/// Rows of a table as the networks see them (CTGAN, arXiv:1907.00503, sections 4.2 and 4.3), learnt from the training data. A continuous value is a mode of its column and how far, in
/// four deviations, it lies from the mode's mean; a category is one-hot. An encoded row is [C + C·M + T]: the positions of the C continuous columns in [-1, 1], their modes (M for each), and
/// the T categories of all categorical columns. The shapes are fixed by the spec; modes that a column has not are masked.
/// </summary>
internal sealed class TableEncoding : nn.Module
{
    private const double LeastWeight = 0.005;
    // As good as minus infinity for softmax and argmax, and no NaN where it meets itself.
    private const float Never = -1e9f;

    private static readonly Scalar Absent = Never;
    private static readonly Scalar Quarter = 0.25;
    private static readonly Scalar Four = 4.0;
    private static readonly Scalar Nearly = 0.99;
    private static readonly Scalar NearlyMinus = -0.99;

    private readonly long[] continuous;
    private readonly long[] categorical;
    // By continuous column and mode: [C, M]; by category of all columns: [T].
    private readonly Tensor means, deviations, logWeights, logFrequencies;
    // Buffers too, so that they lie on the device: which columns are which; from the order "continuous, then categorical" to the table's own; the column of each category.
    private readonly Tensor continuousColumns, categoricalColumns, order, columnOfCategory;

    public TableEncoding(TableSpec table, int modes)
        : base(nameof(TableEncoding))
    {
        Modes = modes;
        continuous = [.. Columns(table, column => column.Categories is null)];
        categorical = [.. Columns(table, column => column.Categories is not null)];
        CategoryCounts = [.. categorical.Select(column => (long)table.Columns[(int)column].Categories!.Count)];
        means = zeros(continuous.Length, modes).DetachFromDisposeScope();
        deviations = ones(continuous.Length, modes).DetachFromDisposeScope();
        logWeights = full([continuous.Length, modes], Absent).DetachFromDisposeScope();
        logFrequencies = zeros(Categories).DetachFromDisposeScope();
        continuousColumns = tensor(continuous).DetachFromDisposeScope();
        categoricalColumns = tensor(categorical).DetachFromDisposeScope();
        order = tensor(continuous.Concat(categorical).Select((column, place) => (column, place)).OrderBy(entry => entry.column).Select(entry => (long)entry.place).ToArray()).DetachFromDisposeScope();
        columnOfCategory = tensor(CategoryCounts.SelectMany((count, place) => Enumerable.Repeat((long)place, (int)count)).ToArray()).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>M, the most modes of a continuous column.</summary>
    public int Modes { get; }

    /// <summary>C, how many columns are continuous.</summary>
    public int ContinuousCount => continuous.Length;

    /// <summary>How many categories each categorical column has.</summary>
    public IReadOnlyList<long> CategoryCounts { get; }

    /// <summary>T, the categories of all columns together.</summary>
    public long Categories => CategoryCounts.Sum();

    /// <summary>How many values an encoded row has.</summary>
    public long Width => ContinuousCount * (1 + Modes) + Categories;

    /// <summary>What is added to the logits of modes, [C, M]: 0, and a number that no mode comes up with where the column has none.</summary>
    public Tensor AbsentModes => zeros_like(logWeights).masked_fill(logWeights.le(Absent), Absent);

    /// <summary>Fits the modes of every continuous column and counts the categories of the others.</summary>
    /// <param name="rows">float32 [N, columns] on the CPU.</param>
    public void Learn(Tensor rows)
    {
        using var scope = NewDisposeScope();
        for (var place = 0; place < continuous.Length; place++)
        {
            var values = rows.select(1, continuous[place]).to(ScalarType.Float64).contiguous().data<double>().ToArray();
            var mixture = BayesianMixture.Fit(values, Modes);
            // The heaviest mode always stays, also where many share a column.
            int[] kept = [.. Enumerable.Range(0, mixture.Weights.Length).Where(mode => mixture.Weights[mode] > Math.Min(LeastWeight, 0.99 * mixture.Weights.Max()))];
            Put(means, place, kept.Select(mode => mixture.Means[mode]), 0);
            Put(deviations, place, kept.Select(mode => mixture.Deviations[mode]), 1);
            Put(logWeights, place, kept.Select(mode => Math.Log(mixture.Weights[mode])), Never);
        }
        var frequencies = categorical.SelectMany((column, place) =>
        {
            var counts = rows.select(1, column).to(ScalarType.Int64).bincount(null, CategoryCounts[place]).data<long>().ToArray();
            return counts.Select(count => count > 0 ? (float)Math.Log((double)count / rows.shape[0]) : Never);
        });
        logFrequencies.copy_(tensor(frequencies.ToArray()));
    }

    /// <summary>Encodes rows. The mode of a value is drawn by how likely each has brought it forth, from <see cref="Draws"/>.</summary>
    /// <param name="rows">float32 [N, columns].</param>
    /// <returns>[N, Width], differentiable by the continuous values.</returns>
    public Tensor Encode(Tensor rows)
    {
        // [N, C, M]
        var distances = rows.index_select(1, continuousColumns).unsqueeze(2).sub(means).div(deviations);
        var scores = distances.detach().square().mul(MinusHalf).add(logWeights, One).sub(deviations.log());
        var modes = GumbelSoftmax.Hard(scores.add(GumbelSoftmax.Noise(scores), One), 2);
        var positions = distances.mul(modes).sum(2).mul(Quarter).clamp(NearlyMinus, Nearly);
        var categories = rows.index_select(1, categoricalColumns).to(ScalarType.Int64).unbind(1)
            .Select((column, place) => nn.functional.one_hot(column, CategoryCounts[place]).to(rows.dtype));
        return cat([positions, modes.flatten(1), .. categories], 1);
    }

    /// <summary>Encoded rows [N, Width], their modes and categories one-hot or probabilities, back to rows [N, columns]: the most likely mode and category of each.</summary>
    public Tensor Decode(Tensor encoded)
    {
        var (positions, modes, categories) = Split(encoded);
        var mode = GumbelSoftmax.Hard(modes, 2);
        var values = positions.clamp(MinusOne, One).mul(Four).mul(mode.mul(deviations).sum(2)).add(mode.mul(means).sum(2), One);
        var chosen = categories.Select(column => column.argmax(1, keepdim: true).to(encoded.dtype));
        return cat([values, .. chosen], 1).index_select(1, order);
    }

    /// <summary>The parts of [N, Width]: positions [N, C], modes [N, C, M], and [N, categories] for each categorical column.</summary>
    public (Tensor Positions, Tensor Modes, IReadOnlyList<Tensor> Categories) Split(Tensor encoded)
    {
        var (count, modes) = (ContinuousCount, ContinuousCount * (long)Modes);
        return (encoded.narrow(1, 0, count), encoded.narrow(1, count, modes).unflatten(1, count, Modes), CategoriesOf(encoded.narrow(1, count + modes, Categories)));
    }

    /// <summary>The parts of [N, T] that belong to each categorical column.</summary>
    public IReadOnlyList<Tensor> CategoriesOf(Tensor categories) => CategoryCounts.Count == 0 ? [] : categories.split([.. CategoryCounts], 1);

    /// <summary>Draws what rows are asked to be, one-hot [N, T]: a categorical column, each alike, and one of its categories as often as it stands in the data. Null without such columns.</summary>
    public Tensor? DrawCondition(long count)
    {
        if (Categories == 0)
            return null;
        var logits = logFrequencies.expand(count, Categories).masked_fill(ColumnFor(count).logical_not(), Absent);
        return GumbelSoftmax.Hard(logits.add(GumbelSoftmax.Noise(logits), One), 1);
    }

    /// <summary>Whether a category belongs to the column that was drawn for the row, bool [N, T].</summary>
    private Tensor ColumnFor(long count) =>
        columnOfCategory.eq(Draws.Uniform(count, [CategoryCounts.Count], logFrequencies.device).argmax(1, keepdim: true));

    private static IEnumerable<long> Columns(TableSpec table, Func<ColumnSpec, bool> wanted) =>
        Enumerable.Range(0, table.Columns.Count).Where(column => wanted(table.Columns[column])).Select(column => (long)column);

    private static void Put(Tensor buffer, int place, IEnumerable<double> values, float rest)
    {
        var padded = values.Select(value => (float)value).Concat(Enumerable.Repeat(rest, (int)buffer.shape[1])).Take((int)buffer.shape[1]);
        buffer[place].copy_(tensor(padded.ToArray()));
    }
}
