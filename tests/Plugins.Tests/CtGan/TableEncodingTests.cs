using NUnit.Framework;
using PluginGan.Plugins.CtGan;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>Rows as CTGAN's networks see them, and back.</summary>
public sealed class TableEncodingTests
{
    private static readonly TableSpec Spec = new([new ColumnSpec("kind", ["a", "b", "c"]), new ColumnSpec("x", null), new ColumnSpec("flag", ["no", "yes"]), new ColumnSpec("y", null)]);

    [Test]
    public void Encoded_rows_come_back_as_they_were()
    {
        using var scope = NewDisposeScope();
        var rows = Rows(400);
        var encoding = Learnt(rows);

        var back = encoding.Decode(encoding.Encode(rows));

        Assert.That((back - rows).abs().amax([0]).data<float>().ToArray(), Is.EqualTo(new float[] { 0, 0, 0, 0 }).Within(0.02));
        Assert.That(encoding.Encode(rows).shape, Is.EqualTo(new[] { 400, 2 + 2 * 10 + 3 + 2L }));
    }

    [Test]
    public void A_value_is_its_mode_and_a_quarter_of_its_deviations_from_there()
    {
        using var scope = NewDisposeScope();
        var rows = Rows(400);
        var encoding = Learnt(rows);
        var buffers = encoding.named_buffers().ToDictionary(entry => entry.name, entry => entry.buffer);
        var (means, deviations) = (buffers["means"], buffers["deviations"]);

        var (positions, modes, categories) = encoding.Split(encoding.Encode(rows));

        // The column x has its modes at -10 and 10, far apart: each value belongs to the nearest.
        var mode = modes.select(1, 0).argmax(1);
        var expected = (rows.select(1, 1) - means[0].index_select(0, mode)) / (4 * deviations[0].index_select(0, mode));
        Assert.That(positions.select(1, 0).sub(expected.clamp(-0.99, 0.99)).abs().max().item<float>(), Is.LessThan(1e-5));
        Assert.That(means[0].index_select(0, mode).sign().allclose(rows.select(1, 1).sign()), Is.True);
        Assert.That(categories[0].argmax(1).to(float32).allclose(rows.select(1, 0)), Is.True);
        Assert.That(categories[1].argmax(1).to(float32).allclose(rows.select(1, 2)), Is.True);
    }

    [Test]
    public void The_mode_of_a_value_between_two_is_drawn_by_their_densities()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var spec = new TableSpec([new ColumnSpec("x", null)]);
        var encoding = new TableEncoding(spec, 2);
        foreach (var (name, buffer) in encoding.named_buffers())
            if (name is "means" or "deviations" or "logWeights")
                buffer.copy_(tensor(name switch { "means" => new[] { -1f, 1 }, "deviations" => [1, 2], _ => [MathF.Log(0.25f), MathF.Log(0.75f)] }).reshape(1, 2));

        var modes = encoding.Encode(zeros(20_000, 1)).narrow(1, 1, 2).mean([0]).data<float>().ToArray();

        // 0.25 · N(0; -1, 1) against 0.75 · N(0; 1, 2).
        var (first, second) = (0.25 * Math.Exp(-0.5), 0.75 / 2 * Math.Exp(-0.125));
        Assert.That(modes, Is.EqualTo(new[] { first / (first + second), second / (first + second) }).Within(0.012));
    }

    [Test]
    public void Conditions_are_drawn_as_often_as_their_categories_stand_in_the_data()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var rows = Rows(400);

        var drawn = Learnt(rows).DrawCondition(20_000)!;

        Assert.That(drawn.sum(1).eq(1).all().item<bool>(), Is.True);
        float Share(int column, int category) => rows.select(1, column).eq(category).to(float32).mean().item<float>() / 2;
        Assert.That(drawn.mean([0]).data<float>().ToArray(), Is.EqualTo(new[] { Share(0, 0), Share(0, 1), 0, Share(2, 0), Share(2, 1) }).Within(0.012));
    }

    [Test]
    public void Modes_that_a_column_has_not_are_never_drawn()
    {
        using var scope = NewDisposeScope();
        var encoding = Learnt(Rows(400));
        var absent = encoding.AbsentModes;
        var drawn = absent.add(100 * randn(1000, 2, 10)).argmax(2, keepdim: true);

        Assert.That(absent.eq(0).sum().item<long>(), Is.InRange(2, 19), "some are there, some are not");
        Assert.That(absent.expand(1000, 2, 10).gather(2, drawn).eq(0).all().item<bool>(), Is.True);
        Assert.That(absent.softmax(1).mul(absent.eq(0).logical_not()).sum().item<float>(), Is.Zero);
    }

    [Test]
    public void A_value_is_never_encoded_by_a_mode_that_its_column_has_not()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        // What stands in for an absent mode, mean 0 and deviation 1, would suit these values best.
        var rows = randn(5000, 1);
        var encoding = new TableEncoding(new TableSpec([new ColumnSpec("x", null)]), 10);
        encoding.Learn(rows);

        var (_, modes, _) = encoding.Split(encoding.Encode(rows));

        var taken = modes.sum([0L]).gt(0);
        var means = encoding.named_buffers().Single(entry => entry.name == "means").buffer;
        Assert.That(taken.logical_and(means.eq(0)).any().item<bool>(), Is.False);
        Assert.That(means.eq(0).any().item<bool>(), Is.True, "there are absent ones");
        Assert.That(modes.sum(2).eq(1).all().item<bool>(), Is.True);
    }

    [Test]
    public void Tables_of_one_kind_of_column_are_encoded_too()
    {
        using var scope = NewDisposeScope();
        var numbers = new TableEncoding(new TableSpec([new ColumnSpec("x", null)]), 3);
        numbers.Learn(randn(50, 1));
        Assert.That((numbers.Width, numbers.DrawCondition(4)), Is.EqualTo((4L, (Tensor?)null)));
        Assert.That(numbers.Decode(numbers.Encode(zeros(2, 1))).shape, Is.EqualTo(new long[] { 2, 1 }));

        var names = new TableEncoding(new TableSpec([new ColumnSpec("c", ["a", "b"])]), 3);
        names.Learn(tensor(new float[] { 0, 1, 1 }).reshape(3, 1));
        Assert.That(names.Decode(names.Encode(tensor(new float[] { 1, 0 }).reshape(2, 1))).data<float>().ToArray(), Is.EqualTo(new[] { 1f, 0 }));
    }

    private static TableEncoding Learnt(Tensor rows)
    {
        var encoding = new TableEncoding(Spec, 10);
        encoding.Learn(rows);
        return encoding;
    }

    /// <summary>Kind a or b, x about -10 or 10, a flag that a quarter has, y about 0.</summary>
    private static Tensor Rows(int count)
    {
        manual_seed(1);
        var at = arange(count);
        var x = at.remainder(2).to(float32).mul(20).sub(10).add(randn(count).clamp(-2, 2));
        return stack([at.remainder(3).eq(0).to(float32), x, at.remainder(4).eq(0).to(float32), randn(count).clamp(-2, 2)], 1);
    }
}
