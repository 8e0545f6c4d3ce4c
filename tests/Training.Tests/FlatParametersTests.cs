using NUnit.Framework;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Parameters in one buffer: how they lie there.</summary>
public class FlatParametersTests
{
    [TestCase(false, new long[] { 48, 16, 4, 1 })]
    [TestCase(true, new long[] { 48, 1, 12, 3 })]
    public void Weights_of_convolutions_lie_as_asked_and_all_keep_their_values(bool channelsLast, long[] strides)
    {
        using var scope = NewDisposeScope();
        var (weight, bias, matrix) = (new Parameter(randn(8, 3, 4, 4)), new Parameter(randn(8)), new Parameter(randn(5, 7)));
        var (before, also) = (weight.detach().clone(), matrix.detach().clone());

        using var flat = new FlatParameters([("weight", weight), ("bias", bias), ("matrix", matrix)], channelsLast);

        Assert.That(weight.stride(), Is.EqualTo(strides));
        Assert.That((bias.stride(), matrix.stride()), Is.EqualTo((new long[] { 1 }, new long[] { 7, 1 })));
        Assert.That(weight.Equals(before) && matrix.Equals(also), Is.True);
        // One cache line holds values of one parameter only.
        Assert.That(flat.Slices.Select(slice => slice.Of(flat.Weights).storage_offset()), Is.EqualTo(new long[] { 0, 384, 400 }));
    }
}
