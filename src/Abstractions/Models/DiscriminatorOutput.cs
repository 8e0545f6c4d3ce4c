using static TorchSharp.torch;

namespace PluginGan;

/// <summary>What a discriminator says of a batch. In mixed precision what comes in as 16-bit is raised to float32, so that losses and penalties need not care.</summary>
/// <param name="Logits">The verdict before any sigmoid, [N] (or [N, ...] for patch discriminators): greater means more real.</param>
/// <param name="Heads">Further outputs by name: <c>features</c> [N, F], <c>classes</c> (logits) [N, K], <c>code</c> [N, C].</param>
public sealed record DiscriminatorOutput(Tensor Logits, IReadOnlyDictionary<string, Tensor> Heads)
{
    /// <summary>The verdict before any sigmoid, [N] (or [N, ...] for patch discriminators): greater means more real.</summary>
    public Tensor Logits { get; init; } = SinglePrecision.AtLeast(Logits);

    /// <summary>Further outputs by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Heads { get; init; } = Heads.Count == 0 ? Heads : Heads.ToDictionary(head => head.Key, head => SinglePrecision.AtLeast(head.Value));

    /// <summary>An output without heads.</summary>
    public DiscriminatorOutput(Tensor logits)
        : this(logits, new Dictionary<string, Tensor>())
    {
    }

    /// <summary>An output with the head <see cref="PluginGan.Heads.Features"/>.</summary>
    /// <param name="logits">The verdict.</param>
    /// <param name="features">What it was made from, [N, F].</param>
    public DiscriminatorOutput(Tensor logits, Tensor features)
        : this(logits, new Dictionary<string, Tensor> { [PluginGan.Heads.Features] = features })
    {
    }

    /// <summary>The head <see cref="PluginGan.Heads.Features"/>.</summary>
    /// <exception cref="ComponentException">The discriminator has no such head.</exception>
    public Tensor Features => Head(PluginGan.Heads.Features);

    /// <summary>The head of that name.</summary>
    /// <exception cref="ComponentException">The discriminator has no such head.</exception>
    public Tensor Head(string name) => Heads.TryGetValue(name, out var head)
        ? head
        : throw new ComponentException($"the discriminator has no head '{name}'; it has {(Heads.Count == 0 ? "none" : string.Join(", ", Heads.Keys))}");
}
