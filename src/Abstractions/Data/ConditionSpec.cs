using System.Globalization;
using System.Text.Json.Serialization;

namespace PluginGan;

/// <summary>What comes with each sample of a dataset, or what a model is conditioned on.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(NoCondition), "none")]
[JsonDerivedType(typeof(ClassCondition), "classes")]
[JsonDerivedType(typeof(VectorCondition), "vector")]
[JsonDerivedType(typeof(SampleCondition), "sample")]
public abstract record ConditionSpec
{
    /// <summary>No condition.</summary>
    public static ConditionSpec None { get; } = new NoCondition();

    /// <summary>Which kind of condition this is.</summary>
    [JsonIgnore]
    public abstract ConditionKind Kind { get; }
}

/// <summary>No condition: unlabelled data, or a model that takes none.</summary>
public sealed record NoCondition : ConditionSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override ConditionKind Kind => ConditionKind.None;

    /// <inheritdoc/>
    public override string ToString() => "no condition";
}

/// <summary>One class out of a list, int64 [N], values 0 to Names.Count - 1.</summary>
/// <param name="Names">The class names in the order of their indices.</param>
public sealed record ClassCondition(IReadOnlyList<string> Names) : ConditionSpec
{
    /// <summary>How many classes there are.</summary>
    [JsonIgnore]
    public int Count => Names.Count;

    /// <inheritdoc/>
    [JsonIgnore]
    public override ConditionKind Kind => ConditionKind.Classes;

    /// <summary>
    /// The index of a class that a user gives by its name, in any case where no name is exactly that and in either form of Unicode (<see
    /// cref="CanonicalText"/>), or by its index.
    /// </summary>
    /// <returns>0 to Count - 1, or -1 where there is no such class.</returns>
    public int IndexOf(string nameOrIndex)
    {
        var wanted = CanonicalText.Compose(nameOrIndex);
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            for (var index = 0; index < Count; index++)
            {
                if (CanonicalText.Compose(Names[index]).Equals(wanted, comparison))
                    return index;
            }
        }
        return int.TryParse(nameOrIndex, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Count ? number : -1;
    }

    /// <inheritdoc/>
    public override string ToString() => Count == 1 ? "1 class" : $"{Count} classes";
}

/// <summary>A vector of real values, float32 [N, Size].</summary>
/// <param name="Size">Values for each sample.</param>
public sealed record VectorCondition(int Size) : ConditionSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override ConditionKind Kind => ConditionKind.Vector;

    /// <inheritdoc/>
    public override string ToString() => $"a vector of {Size}";
}

/// <summary>Another sample, float32 [N, ...Sample.Shape]: the input of a translation.</summary>
/// <param name="Sample">What the sample looks like.</param>
public sealed record SampleCondition(SampleSpec Sample) : ConditionSpec
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override ConditionKind Kind => ConditionKind.Sample;

    /// <inheritdoc/>
    public override string ToString() => $"a sample ({Sample})";
}
