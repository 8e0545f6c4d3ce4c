using static TorchSharp.torch;

namespace PluginGan;

/// <summary>The step as a <see cref="Regularizer"/> sees it: with what stands at both ends of the discriminator. Each is computed when first asked for.</summary>
public abstract class AdversarialStep : StepContext
{
    /// <summary>Real samples at the discriminator's input: augmented, packed, requiring a gradient where a regulariser of the phase asks for it.</summary>
    public abstract Tensor RealInput { get; }

    /// <summary>Generated samples at the discriminator's input: augmented, packed, requiring a gradient where a regulariser of the phase asks for it.</summary>
    public abstract Tensor FakeInput { get; }

    /// <summary>The verdict on <see cref="RealInput"/>.</summary>
    public abstract DiscriminatorOutput RealOutput { get; }

    /// <summary>The verdict on <see cref="FakeInput"/>.</summary>
    public abstract DiscriminatorOutput FakeOutput { get; }
}
