using System.CommandLine;

namespace PluginGan.Host.Commands;

/// <summary>Options that are given or not, and have no value.</summary>
internal static class FlagOption
{
    /// <param name="name">Its name, with the dashes.</param>
    /// <param name="description">What it does.</param>
    public static Option<bool> Of(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
