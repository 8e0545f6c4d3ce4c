using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tables;

/// <summary>
/// Training by sampling (CTGAN, arXiv:1907.00503, section 4.3): for each row a categorical column is drawn, each alike; then one of its categories, by the
/// logarithm of how often it stands in the table; then a row that has it. The condition, float32 [N, categories of all columns], is 1 at the category that was drawn.
/// </summary>
internal sealed class ByCategory : Dataset, IDrawsBatches
{
    private const long Most = 1L << 31;

    private readonly Tensor rows;
    private readonly int[] columns;
    // By column: where its categories begin in the condition, the chance that one up to this is drawn, and the rows by category.
    private readonly int[] offsets;
    private readonly double[][] chances;
    private readonly long[][][] members;
    private readonly int size;

    /// <exception cref="ComponentException">The dataset cannot be opened, is no table, or has no categorical column.</exception>
    public ByCategory(ByCategoryOptions options, ComponentContext context)
    {
        using var source = context.Open(options.Of!);
        if (source.Spec.Sample is not TableSpec table)
            throw new ComponentException($"it draws rows of a table, but '{options.Of!.Name}' yields {source.Spec.Sample}; name a dataset of tables");
        columns = [.. Enumerable.Range(0, table.Columns.Count).Where(column => table.Columns[column].Categories is not null)];
        if (columns.Length == 0)
            throw new ComponentException($"the table '{options.Of!.Name}' has no categorical column to draw rows by; take the table itself");
        using var scope = NewDisposeScope();
        using var all = source.Read([.. Enumerable.Range(0, (int)source.Count).Select(row => (long)row)], 0);
        rows = all.Samples.clone().DetachFromDisposeScope();
        (offsets, chances, members) = (new int[columns.Length], new double[columns.Length][], new long[columns.Length][][]);
        for (var place = 0; place < columns.Length; place++)
        {
            var categories = table.Columns[columns[place]].Categories!.Count;
            var of = rows.select(1, columns[place]).to(ScalarType.Int64).data<long>().ToArray();
            members[place] = RowsByCategory(of, categories);
            // log(1 + count): a category with one row is drawn too, one without rows (it is in the other split only) never.
            var weights = members[place].Select(found => Math.Log(1 + found.Length)).ToArray();
            var sum = 0.0;
            chances[place] = [.. weights.Select(weight => (sum += weight) / weights.Sum())];
            (offsets[place], size) = (size, size + categories);
        }
        Spec = new DataSpec(table, new VectorCondition(size));
        Sources = source.Sources;
    }

    public override DataSpec Spec { get; }

    public override long Count => rows.shape[0];

    public Batch Draw(int count, ulong seed)
    {
        var (taken, condition) = (new long[count], new float[count, size]);
        using var scope = Draws.Begin(seed);
        using var drawn = Draws.Integers(count, [3], Most);
        var shares = drawn.data<long>().ToArray();
        for (var at = 0; at < count; at++)
        {
            var place = (int)(shares[3 * at] * columns.Length / Most);
            var chosen = shares[3 * at + 1] / (double)Most;
            var category = Array.FindIndex(chances[place], chance => chosen < chance);
            var found = members[place][category];
            taken[at] = found[(int)(shares[3 * at + 2] * found.Length / Most)];
            condition[at, offsets[place] + category] = 1;
        }
        return new Batch(Rows(taken), tensor(condition));
    }

    /// <summary>Rows as they are, each with the category that it has in a column drawn for it: by its index, wherever it stands in the
    /// batch.</summary>
    public override Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var samples = Rows(indices.ToArray());
        var condition = new float[indices.Length, size];
        var cells = samples.data<float>().ToArray();
        using var scope = Draws.Begin(seed, indices);
        using var drawn = Draws.Integers(indices.Length, [], columns.Length);
        var places = drawn.data<long>().ToArray();
        for (var at = 0; at < indices.Length; at++)
        {
            var place = places[at];
            condition[at, offsets[place] + (int)cells[at * samples.shape[1] + columns[place]]] = 1;
        }
        return new Batch(samples, tensor(condition));
    }

    protected override void Dispose(bool disposing)
    {
        rows.Dispose();
        base.Dispose(disposing);
    }

    private static long[][] RowsByCategory(long[] categoryOfRow, int categories)
    {
        var found = Enumerable.Range(0, categories).Select(_ => new List<long>()).ToArray();
        for (var row = 0; row < categoryOfRow.Length; row++)
            found[categoryOfRow[row]].Add(row);
        return [.. found.Select(rows => rows.ToArray())];
    }

    private Tensor Rows(long[] indices)
    {
        using var positions = tensor(indices);
        return rows.index_select(0, positions);
    }
}
