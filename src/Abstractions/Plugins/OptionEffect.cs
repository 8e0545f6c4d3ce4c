namespace PluginGan;

/// <summary>What holds of a component beside the rest of its <see cref="ComponentInfo"/> where its options have certain values.</summary>
/// <param name="When">What all must hold.</param>
public sealed record OptionEffect(params IReadOnlyList<OptionIs> When)
{
    /// <summary>The kinds of sample that are left; empty leaves them as they are.</summary>
    public IReadOnlyList<SampleKind> Samples { get; init; } = [];

    /// <summary>The kinds of condition that are left; empty leaves them as they are.</summary>
    public IReadOnlyList<ConditionKind> Conditions { get; init; } = [];

    /// <summary>What the component then offers too, see <see cref="ComponentInfo.Provides"/>.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>What it then needs too, see <see cref="ComponentInfo.Requires"/>.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];
}
