using NUnit.Framework;
using PluginGan.Plugins.Mixtures;
using PluginGan.Plugins.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Points as tables, and rows drawn by category.</summary>
public sealed class DerivedTableTests
{
    private static readonly TableSpec Fruit = new([new ColumnSpec("weight", null), new ColumnSpec("kind", ["apple", "fig", "none"]), new ColumnSpec("ripe", ["no", "yes"])]);

    // 900 ripe apples, 99 apples that are not, one fig.
    private static Tensor Rows => stack([arange(1000).to(float32), arange(1000).eq(999).to(float32), arange(1000).lt(900).to(float32)], 1);

    [Test]
    public void The_points_of_a_mixture_are_rows_of_a_table()
    {
        using var scope = NewDisposeScope();
        using var points = Mixture(labels: false);
        using var table = Of(Mixture(labels: false)).Create<Dataset>("as-table", new AsTableOptions { Of = new("any") });

        Assert.That(table.Spec.Sample, Is.TypeOf<TableSpec>().With.Property("Columns").EqualTo(new[] { new ColumnSpec("x1", null), new ColumnSpec("x2", null) }));
        Assert.That(((IInMemory)table).Samples.allclose(((IInMemory)points).Samples), Is.True);
        Assert.That(table.Count, Is.EqualTo(200));
    }

    [Test]
    public void Classes_are_a_column()
    {
        using var scope = NewDisposeScope();
        using var points = Mixture(labels: true);
        using var table = Of(Mixture(labels: true)).Create<Dataset>("as-table", new AsTableOptions { Of = new("any"), Names = ["east", "north"] });

        var columns = ((TableSpec)table.Spec.Sample).Columns;
        Assert.That(columns.Select(column => column.Name), Is.EqualTo(new[] { "east", "north", "class" }));
        Assert.That(columns[2].Categories, Has.Count.EqualTo(8));
        Assert.That(((IInMemory)table).Samples.select(1, 2).to(int64).allclose(((IInMemory)points).Conditions!), Is.True);
    }

    [Test]
    public void What_is_no_set_of_points_or_table_is_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Multiple(() =>
        {
            Assert.That(() => Of(Mixture(labels: false)).Create<Dataset>("as-table", new AsTableOptions { Of = new("any"), Names = ["x"] }), Refusal("holds 1 names, but the points of 'any' have 2 coordinates"));
            Assert.That(() => Of(Mixture(labels: true)).Create<Dataset>("as-table", new AsTableOptions { Of = new("any"), Names = ["class", "y"] }), Refusal("two columns would be called 'class'"));
            Assert.That(() => Of(Table(Fruit, Rows)).Create<Dataset>("as-table", new AsTableOptions { Of = new("any") }), Refusal("'any' yields table 3; name a dataset of vectors"));
            Assert.That(() => Of(Mixture(labels: false)).Create<Dataset>("by-category", new ByCategoryOptions { Of = new("any") }), Refusal("'any' yields vector 2; name a dataset of tables"));
            Assert.That(() => Of(Table(new TableSpec([Fruit.Columns[0]]), zeros(4, 1))).Create<Dataset>("by-category", new ByCategoryOptions { Of = new("any") }), Refusal("has no categorical column"));
        });
    }

    [Test]
    public void Each_column_is_drawn_alike_and_its_categories_by_the_logarithm_of_their_frequency()
    {
        using var scope = NewDisposeScope();
        using var data = ByCategory();

        using var batch = ((IDrawsBatches)data).Draw(40_000, 3);

        Assert.That(data.Spec.Condition, Is.EqualTo(new VectorCondition(5)));
        var (apples, figs, no, yes) = (Math.Log(1000), Math.Log(2), Math.Log(101), Math.Log(901));
        var expected = new[] { apples / (apples + figs) / 2, figs / (apples + figs) / 2, 0, no / (no + yes) / 2, yes / (no + yes) / 2 };
        Assert.That(batch.Condition!.mean([0]).data<float>().ToArray(), Is.EqualTo(expected).Within(0.01));
    }

    [Test]
    public void Every_row_has_the_category_that_it_was_drawn_for()
    {
        using var scope = NewDisposeScope();
        using var data = ByCategory();
        using var drawn = ((IDrawsBatches)data).Draw(2000, 3);
        using var read = data.Read([.. Enumerable.Range(0, 1000).Select(row => (long)row)], 4);

        foreach (var batch in new[] { drawn, read })
        {
            var kinds = nn.functional.one_hot(batch.Samples.select(1, 1).to(int64), 3);
            var ripe = nn.functional.one_hot(batch.Samples.select(1, 2).to(int64), 2);
            var own = cat([kinds, ripe], 1).to(float32);
            Assert.That((batch.Condition! * own).sum(1).eq(1).all().item<bool>(), Is.True);
            Assert.That(batch.Condition!.sum(1).eq(1).all().item<bool>(), Is.True, "one category each");
        }
        Assert.That(read.Samples.allclose(Rows), Is.True, "read by index, rows are themselves");
    }

    [Test]
    public void Equal_seeds_draw_equal_batches()
    {
        using var scope = NewDisposeScope();
        using var data = ByCategory();
        float[] Draw(ulong seed) => ((IDrawsBatches)data).Draw(50, seed).Samples.data<float>().ToArray();

        var first = Draw(7);
        Assert.That(Draw(7), Is.EqualTo(first));
        Assert.That(Draw(8), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_row_depends_on_its_index_or_number_and_the_seed_and_not_on_the_batch()
    {
        using var scope = NewDisposeScope();
        using var data = ByCategory();
        float[][] Conditions(Batch batch) => [.. batch.Condition!.data<float>().ToArray().Chunk(5)];
        var all = Conditions(data.Read([.. Enumerable.Range(0, 1000).Select(row => (long)row)], 3));
        var drawn = ((IDrawsBatches)data).Draw(50, 3);

        Assert.That(Conditions(data.Read([900, 7, 900], 3)), Is.EqualTo(new[] { all[900], all[7], all[900] }));
        Assert.That(all.Select(row => row[0] + row[1] + row[2]).Distinct().Count(), Is.EqualTo(2), "both columns are drawn");
        Assert.That(((IDrawsBatches)data).Draw(7, 3).Samples.data<float>().ToArray(), Is.EqualTo(drawn.Samples.narrow(0, 0, 7).contiguous().data<float>().ToArray()));
    }

    private static Dataset ByCategory() => Of(Table(Fruit, Rows)).Create<Dataset>("by-category", new ByCategoryOptions { Of = new("any") });

    private static TensorDataset Table(TableSpec spec, Tensor rows) => new(new DataSpec(spec, ConditionSpec.None), rows);

    private static Registered Of(Dataset dataset) => new(new TablesPlugin(), new ComponentContext { DataFolder = Path.GetTempPath(), Datasets = _ => dataset });

    private static Dataset Mixture(bool labels) => new Registered(new MixturesPlugin()).Create<Dataset>("mixture-ring", new RingOptions { Count = 200, Labels = labels });

    private static NUnit.Framework.Constraints.ContainsConstraint Refusal(string message) => Throws.TypeOf<ComponentException>().With.Message.Contains(message);
}
