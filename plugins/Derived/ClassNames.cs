namespace PluginGan.Plugins;

/// <summary>Classes as options name them.</summary>
internal static class ClassNames
{
    /// <summary>The indices of classes that are given by name, in any case, or by number, counted from 0.</summary>
    /// <param name="component">Whose option it is.</param>
    /// <param name="option">The option.</param>
    /// <param name="wanted">What it says.</param>
    /// <param name="classes">The classes that there are.</param>
    /// <exception cref="ComponentException">None is named, or one that does not exist.</exception>
    public static IReadOnlyList<long> Find(string component, string option, IReadOnlyList<string> wanted, ClassCondition classes)
    {
        if (wanted.Count == 0)
            throw new ComponentException($"the option '{option}' of {component} names no class; there are {All()}");
        return [.. wanted.Select(Index).Distinct()];

        long Index(string name) => classes.IndexOf(name) is >= 0 and var index
            ? index
            : throw new ComponentException($"the option '{option}' of {component} names the class '{name}', which does not exist; there are {All()}, or their numbers 0 to {classes.Count - 1}");

        string All() => string.Join(", ", classes.Names.Select(name => $"'{name}'"));
    }
}
