using NUnit.Framework;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Abstractions.Tests.Randomness;

public class DrawsTests
{
    private static readonly long[][] Shapes = [[], [1], [3], [4], [100], [2, 7, 5]];

    private static readonly Dictionary<string, Func<long, long[], Tensor>> Kinds = new()
    {
        ["normal"] = (rows, row) => Draws.Normal(rows, row),
        ["uniform"] = (rows, row) => Draws.Uniform(rows, row),
        ["integers"] = (rows, row) => Draws.Integers(rows, row, 1000),
    };

    private static readonly string[] Names = [.. Kinds.Keys];

    [Test]
    public void A_row_is_the_same_however_many_are_drawn([ValueSource(nameof(Names))] string kind, [ValueSource(nameof(Shapes))] long[] row)
    {
        using var scope = NewDisposeScope();
        var most = Drawn(kind, 64, row, 5);
        for (var count = 1; count < 64; count++)
            Assert.That(Bytes(Drawn(kind, count, row, 5)), Is.EqualTo(Bytes(most.narrow(0, 0, count).contiguous())), $"{count} rows");
    }

    [Test]
    public void What_a_span_does_not_hold_is_drawn_piece_by_piece()
    {
        using var scope = NewDisposeScope();
        const int Size = 1 << 20;
        const long Rows = Draws.MostBytes / sizeof(float) / Size + 3;
        var all = Drawn("uniform", Rows, [Size], 5);

        using (Draws.Begin(5, part: Rows - 1))
            Assert.That(Draws.Uniform(1, [Size]).Equals(all.narrow(0, Rows - 1, 1)), "the last row, in a piece of its own");
        Assert.That(Drawn("uniform", 2, [Size], 5).Equals(all.narrow(0, 0, 2)));
    }

    [Test]
    public void Parts_of_a_batch_are_the_rows_of_the_whole_batch([ValueSource(nameof(Names))] string kind, [ValueSource(nameof(Shapes))] long[] row)
    {
        using var scope = NewDisposeScope();
        var parts = Enumerable.Range(0, 5).Select(part => Drawn(kind, 7, row, 5, part)).ToList();
        Assert.That(Bytes(cat(parts)), Is.EqualTo(Bytes(Drawn(kind, 35, row, 5))));
    }

    [Test]
    public void Numbered_rows_are_those_of_the_whole_batch([ValueSource(nameof(Names))] string kind, [ValueSource(nameof(Shapes))] long[] row)
    {
        using var scope = NewDisposeScope();
        var whole = Drawn(kind, 35, row, 5);
        using var draws = Draws.Begin(5, [34, 0, 34, 7]);

        Assert.That(Bytes(Kinds[kind](4, row)), Is.EqualTo(Bytes(whole.index_select(0, tensor(new long[] { 34, 0, 34, 7 })))));
        Assert.That(() => Kinds[kind](3, row), Throws.ArgumentException.With.Message.Contains("3 rows are drawn in a scope of 4 numbered ones"));
    }

    [Test]
    public void Draws_in_a_scope_follow_from_its_seed_and_their_number()
    {
        using var scope = NewDisposeScope();
        (byte[], byte[]) Two()
        {
            using var draws = Draws.Begin(3);
            return (Bytes(Draws.Normal(4, [5])), Bytes(Draws.Normal(4, [5])));
        }
        var (first, second) = Two();

        Assert.That(Two(), Is.EqualTo((first, second)));
        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(Bytes(Drawn("normal", 4, [5], 4)), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_scope_within_another_leaves_its_draws_as_they_were()
    {
        using var scope = NewDisposeScope();
        byte[] Second(bool nested)
        {
            using var draws = Draws.Begin(3);
            Draws.Normal(4, [5]);
            if (nested)
            {
                using var inner = Draws.Begin(8);
                Draws.Uniform(2, []);
            }
            return Bytes(Draws.Normal(4, [5]));
        }

        Assert.That(Second(nested: true), Is.EqualTo(Second(nested: false)));
    }

    [Test]
    public void A_scope_belongs_to_its_thread()
    {
        using var scope = NewDisposeScope();
        var expected = Bytes(Drawn("normal", 4, [5], 3));
        using var draws = Draws.Begin(3);
        Task.Run(() => Draws.Normal(4, [5]).Dispose()).Wait();

        Assert.That(Bytes(Draws.Normal(4, [5])), Is.EqualTo(expected));
    }

    [Test]
    public void Without_a_scope_each_draw_is_another_and_follows_from_torchs_generator()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var (first, second) = (Bytes(Draws.Normal(3, [4])), Bytes(Draws.Normal(3, [4])));
        manual_seed(4);

        Assert.That(second, Is.Not.EqualTo(first));
        Assert.That(Bytes(Draws.Normal(3, [4])), Is.EqualTo(first));
    }

    [Test]
    public void Draws_like_samples_have_their_shape_and_type()
    {
        using var scope = NewDisposeScope();
        var samples = zeros([3, 2, 5], float64);
        foreach (var drawn in new[] { Draws.NormalLike(samples), Draws.UniformLike(samples) })
            Assert.That((drawn.shape, drawn.dtype, drawn.requires_grad), Is.EqualTo((samples.shape, float64, false)));
    }

    [TestCase(0L)]
    [TestCase((1L << 31) + 1)]
    public void Whole_numbers_come_from_a_range_that_32_bits_can_tell(long below) => Assert.That(() => Draws.Integers(1, [], below), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_batch_of_no_rows_is_empty()
    {
        using var scope = NewDisposeScope();
        Assert.That((Draws.Normal(0, [3]).shape, Draws.Uniform(3, [0, 2]).shape), Is.EqualTo((new long[] { 0, 3 }, new long[] { 3, 0, 2 })));
    }

    // tests/draws.py computes them in whole numbers and float64.
    private static readonly (long Part, float[] Uniform, long[] Integers, double[] Normal)[] Known =
    [
        (0, [0.6129598617553711f, 0.4685865044593811f, 0.07323169708251953f, 0.010058820247650146f, 0.12624984979629517f, 0.23206615447998047f], [612, 468, 73, 10, 126, 232],
            [-0.970189708191932, 0.19401902682207053, -1.2356200747928239, 2.12769017745414, 2.1613730458127756, -0.4082711965803503]),
        (1L << 32, [0.32716333866119385f, 0.18734335899353027f, 0.45000237226486206f, 0.9524077773094177f, 0.8987151980400085f, 0.0339808464050293f], [327, 187, 450, 952, 898, 33],
            [0.5734151671323665, 1.3805021311484638, 1.1317740872743338, 0.2511563802872321, -0.18559187551505563, 2.0740758230037066]),
    ];

    [Test]
    public void Numbers_are_those_of_an_independent_script([Values(0, 1)] int which)
    {
        using var scope = NewDisposeScope();
        var (part, uniform, integers, normal) = Known[which];

        Assert.That(Drawn("uniform", 2, [3], 42, part).data<float>().ToArray(), Is.EqualTo(uniform));
        Assert.That(Drawn("integers", 2, [3], 42, part).data<long>().ToArray(), Is.EqualTo(integers));
        Assert.That(Drawn("normal", 2, [3], 42, part).data<float>().ToArray(), Is.EqualTo(normal).Within(3e-7));
    }

    // Every processor and every later version must come to these bits: a change of them is a change of Draws.Version.
    [Test]
    public void The_bits_of_this_version_stay_as_they_are()
    {
        using var scope = NewDisposeScope();

        Assert.That(Draws.Version, Is.EqualTo(2));
        Assert.That(Convert.ToHexStringLower(Bytes(Drawn("normal", 2, [3], 42))), Is.EqualTo("5a5e78bfedac463ecd289ebf142c0840ef530a40ec08d1be"));
        Assert.That(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes(Drawn("normal", 500, [1000], 7)))), Is.EqualTo("5a5d5643e87108ae5416a6dd448a99387d6abf09a78096a51f7022446afe6286"));
    }

    private static Tensor Drawn(string kind, long rows, long[] row, ulong seed, long part = 0)
    {
        using var draws = Draws.Begin(seed, part);
        return Kinds[kind](rows, row);
    }

    private static byte[] Bytes(Tensor values) => values.bytes.ToArray();
}
