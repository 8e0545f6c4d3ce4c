using PluginGan.Plugins.Mnist.Idx;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Mnist;

/// <summary>Grey images of one size, uint8 [N, 1, H, W], each with its class or all without.</summary>
internal static class GreyImages
{
    /// <summary>Some images as a dataset.</summary>
    /// <param name="images">[N, H, W].</param>
    /// <param name="labels">[N], or null for unlabelled data.</param>
    /// <param name="classes">The class names in the order of their indices.</param>
    /// <param name="rows">Which images; the split.</param>
    /// <param name="subset">Only the first so many of <paramref name="rows"/>; 0 takes all.</param>
    /// <param name="sources">The files, where they come from any.</param>
    /// <exception cref="ComponentException">Images and labels differ in number, a label is no class, or the subset is larger than the split.</exception>
    public static TensorDataset Open(
        IdxArray images, IdxArray? labels, IReadOnlyList<string> classes, Range rows, int subset, IReadOnlyList<DataSource>? sources = null)
    {
        var (height, width) = (images.Sizes[1], images.Sizes[2]);
        if (labels is not null)
            Check(images, labels, classes.Count);
        var (start, count) = rows.GetOffsetAndLength(images.Sizes[0]);
        if (subset > count)
            throw new ComponentException($"{images.Source}: the option 'subset' asks for {subset} images, but the split has {count}");
        if (subset > 0)
            count = subset;

        using var scope = NewDisposeScope();
        return new TensorDataset(
            new DataSpec(new ImageSpec(1, height, width), labels is null ? ConditionSpec.None : new ClassCondition(classes)),
            Bytes(images, start, count, [count, 1, height, width]),
            labels is null ? null : Bytes(labels, start, count, [count]).to(ScalarType.Int64))
        { Sources = sources ?? [] };
    }

    private static Tensor Bytes(IdxArray array, int start, int count, long[] shape)
    {
        var rowSize = array.Values.Length / array.Sizes[0];
        var tensor = empty(shape, ScalarType.Byte);
        tensor.bytes = array.Values.AsSpan(start * rowSize, count * rowSize);
        return tensor;
    }

    private static void Check(IdxArray images, IdxArray labels, int classes)
    {
        if (images.Sizes[0] != labels.Sizes[0])
            throw new ComponentException($"{images.Source} holds {images.Sizes[0]} images, but {labels.Source} holds {labels.Sizes[0]} labels; there must be one label for each image");
        var misfit = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (misfit >= 0)
            throw new ComponentException($"{labels.Source}: the label of image {misfit} is {labels.Values[misfit]}; labels are 0 to {classes - 1}");
    }
}
