using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Sequences;

/// <summary>
/// Sequences of the grammar S → x | S + S | S − S | S * S | S / S (arXiv:1611.04051, section 3), filled up with spaces to one length. How many x there are is uniform, and each operator is drawn
/// alike: a valid sequence is what <c>x([+\-*/]x)* *</c> matches.
/// </summary>
internal static class Grammar
{
    private const int Operand = 0;
    private const int FirstOperator = 1;
    private const int Operators = 4;
    private const int Space = 5;

    /// <summary>The symbols in the order of their indices.</summary>
    public static readonly IReadOnlyList<string> Alphabet = ["x", "+", "-", "*", "/", " "];

    public static Dataset Open(GrammarOptions options)
    {
        // Draws in double precision, and the symbols before and after they are cut.
        DataMemory.Require(
            32.0 * options.Count * options.Length,
            $"{options.Count} sequences of {options.Length} symbols",
            "choose a smaller 'count' or 'length'",
            DataMemory.Available());
        using var scope = NewDisposeScope();
        // The splits are streams of their own: what is drawn for one says nothing of the other.
        using var generator = new Generator(2 * (ulong)options.Seed + (ulong)options.Split, CPU);
        var (count, length) = (options.Count, options.Length);
        var operands = Uniform((length + 1) / 2, [count, 1]).add(1);
        var place = arange(length).unsqueeze(0);
        var symbols = where(place.remainder(2).eq(0), full([1], Operand, ScalarType.Int64), Uniform(Operators, [count, length]).add(FirstOperator));
        return new TensorDataset(new DataSpec(new SequenceSpec(length, Alphabet), ConditionSpec.None), symbols.masked_fill(place.ge(operands.mul(2).sub(1)), Space));

        Tensor Uniform(int below, long[] shape) => rand(shape, ScalarType.Float64, generator: generator).mul(below).floor().to(ScalarType.Int64);
    }
}
