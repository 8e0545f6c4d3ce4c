namespace PluginGan;

/// <summary>What a model is sampled from: float32 [N, Size], or [N, Length, Size] where <see cref="Length"/> is set. Parts stand side by side in the last dimension.</summary>
/// <param name="Parts">The parts in order.</param>
public sealed record LatentSpec(IReadOnlyList<LatentPart> Parts)
{
    /// <summary>Time steps; null for latents without a time axis.</summary>
    public int? Length { get; init; }

    /// <summary>The width of all parts together.</summary>
    public int Size => Parts.Sum(part => part.Size);

    /// <summary>A standard normal latent of one part.</summary>
    public static LatentSpec Normal(int size) => new([new NormalPart(size)]);

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(", ", Parts)}{(Length is { } length ? $" at each of {length} steps" : "")}";
}

/// <summary>One part of a latent.</summary>
/// <param name="Size">How many values it takes in the last dimension.</param>
public abstract record LatentPart(int Size);

/// <summary>Independent standard normal values.</summary>
/// <param name="Size">How many.</param>
public sealed record NormalPart(int Size) : LatentPart(Size)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Size} normal values";
}

/// <summary>Independent values, uniform in [-1, 1).</summary>
/// <param name="Size">How many.</param>
public sealed record UniformPart(int Size) : LatentPart(Size)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Size} uniform values";
}

/// <summary>A one-hot choice, each category equally likely.</summary>
/// <param name="Size">How many categories.</param>
public sealed record CategoricalPart(int Size) : LatentPart(Size)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Size} categories";
}
