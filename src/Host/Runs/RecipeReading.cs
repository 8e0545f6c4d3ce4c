using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>Composes a recipe against the catalogue.</summary>
internal static class RecipeReading
{
    /// <exception cref="RecipeException">Everything that is wrong with it. Where plugins could not be loaded, that is said too: a component may be missing for it.</exception>
    public static Recipe Compose(string file, IReadOnlyList<string> overrides, PluginCatalogue catalogue)
    {
        try
        {
            return Composition.Compose(file, overrides, RecipeFile.Read, catalogue.Components);
        }
        catch (RecipeException problems) when (catalogue.Entries.Any(entry => entry.Failure is not null))
        {
            // Without a libtorch no plugin can be loaded, and that is the one thing to say.
            NativeTorch.Load();
            throw new RecipeException([.. problems.Errors, .. catalogue.Entries.Where(entry => entry.Failure is not null)
                .Select(entry => new RecipeError("", "", null, null, $"the plugin '{entry.Name}' could not be loaded: {entry.Failure}"))]);
        }
    }

    /// <summary>Composes the recipe of a run with overrides.</summary>
    /// <inheritdoc cref="Compose"/>
    public static Recipe Change(string file, IReadOnlyList<string> overrides, PluginCatalogue catalogue) => overrides.Count == 0
        ? Compose(file, [], catalogue)
        : Composition.FollowData(Compose(file, [], catalogue), Compose(file, overrides, catalogue), catalogue.Components);
}
