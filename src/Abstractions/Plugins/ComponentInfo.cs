namespace PluginGan;

/// <summary>
/// What is known of a component before anything is opened or built: enough to check that the parts of a recipe fit together.
/// An empty list means "any".
/// </summary>
/// <param name="Name">The name that a recipe uses, in lower case with hyphens: <c>fashion-mnist</c>, <c>wasserstein</c>.</param>
/// <param name="Summary">One sentence for <c>plugins list</c>.</param>
public sealed record ComponentInfo(string Name, string Summary)
{
    /// <summary>The kinds of sample that a dataset may yield, or that any other component can work with.</summary>
    public IReadOnlyList<SampleKind> Samples { get; init; } = [];

    /// <summary>The kinds of condition that a dataset may yield, or that any other component can work with.</summary>
    public IReadOnlyList<ConditionKind> Conditions { get; init; } = [];

    /// <summary>The networks (by role, see <see cref="Roles"/>) that the model must have for this component.</summary>
    public IReadOnlyList<string> RequiredRoles { get; init; } = [];

    /// <summary>The networks (by role) that an architecture always has.</summary>
    public IReadOnlyList<string> ProvidedRoles { get; init; } = [];

    /// <summary>What the component offers to the others of a recipe, by name (see <see cref="Capabilities"/>).</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>What some component of the recipe must offer, by name (see <see cref="Capabilities"/>): a recipe in which none does is refused before anything is opened.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>What no component of the recipe may offer, by name: what this one cannot work beside.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>What options change of the above.</summary>
    public IReadOnlyList<OptionEffect> Effects { get; init; } = [];

    /// <summary>
    /// Of an objective, the loss (by name) that its adversarial game is played with where the recipe names none; null where it plays none (<see cref="StepContext.Adversarial"/>): a recipe may then give no
    /// loss, regularisers or augmentations beside it.
    /// </summary>
    public string? UsualLoss { get; init; }

    /// <summary>The paper or page that defines the component.</summary>
    public string? Source { get; init; }
}
