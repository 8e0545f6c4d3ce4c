using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Derived;

/// <summary>The images of another dataset as bytes, whatever it stores them as.</summary>
internal sealed class ImageSource : IDisposable
{
    // Numbers that libtorch reads outlive their calls: batches are read beside the training.
    private static readonly Scalar One = 1f;
    private static readonly Scalar Half = 127.5f;
    private static readonly Scalar Black = 0f;
    private static readonly Scalar White = 255f;

    private readonly Dataset dataset;

    /// <exception cref="ComponentException">The dataset cannot be opened, or its samples are no images.</exception>
    public ImageSource(DatasetChoice choice, ComponentContext context)
    {
        Name = choice.Name;
        dataset = context.Open(choice);
        if (dataset.Spec.Sample is ImageSpec spec)
        {
            Spec = spec;
            return;
        }
        var sample = dataset.Spec.Sample;
        dataset.Dispose();
        throw new ComponentException($"it is made of images, but '{choice.Name}' yields {sample}; name a dataset of images");
    }

    public string Name { get; }

    public ImageSpec Spec { get; }

    public ConditionSpec Condition => dataset.Spec.Condition;

    public long Count => dataset.Count;

    public IReadOnlyList<DataSource> Sources => dataset.Sources;

    /// <summary>Images uint8 [N, C, H, W] with their conditions; the caller disposes them.</summary>
    public Batch Read(ReadOnlySpan<long> indices, ulong seed)
    {
        var stored = dataset.Read(indices, seed);
        if (stored.Samples.dtype == ScalarType.Byte)
            return stored;
        using (stored)
            return new Batch(Bytes(stored.Samples), stored.Condition?.alias());
    }

    /// <summary>From [-1, 1] to bytes.</summary>
    public static Tensor Bytes(Tensor images)
    {
        using var scope = NewDisposeScope();
        return images.to(ScalarType.Float32).add(One, One).mul(Half).round().clamp(Black, White).to(ScalarType.Byte).MoveToOuterDisposeScope();
    }

    public void Dispose() => dataset.Dispose();
}
