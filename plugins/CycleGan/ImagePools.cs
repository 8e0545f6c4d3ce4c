using static TorchSharp.torch;

namespace PluginGan.Plugins.CycleGan;

/// <summary>What CycleGAN remembers: a pool of generated images for each domain.</summary>
internal sealed class ImagePools : nn.Module
{
    private readonly ImagePool targets;
    private readonly ImagePool sources;

    /// <param name="size">How many images each holds.</param>
    /// <param name="target">What a target looks like.</param>
    /// <param name="source">What a source looks like.</param>
    public ImagePools(int size, SampleSpec target, SampleSpec source)
        : base(nameof(ImagePools))
    {
        (targets, sources) = (new ImagePool(size, target.Shape), new ImagePool(size, source.Shape));
        RegisterComponents();
    }

    public ImagePool Targets => targets;

    public ImagePool Sources => sources;
}
