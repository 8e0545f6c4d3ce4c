using System.Text.Json;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Training;

namespace PluginGan.Host.Runs;

/// <summary>Whether a run can resume from a checkpoint with the present recipe, plugins and data, and the warnings.</summary>
/// <param name="checkpoint">The checkpoint to go on from.</param>
/// <param name="file">The run's recipe, for messages.</param>
/// <param name="force">Whether doubtful changes are accepted.</param>
internal sealed class ResumeCheck(Checkpoint checkpoint, string file, bool force)
{
    private IReadOnlyList<RecipeChange> moved = [];

    /// <summary>
    /// Compares recipe and plugins to what the checkpoint was made with. Where the data lies is left to <see cref="Data"/>, which knows
    /// whether it is the same.
    /// </summary>
    /// <returns>The changes that are accepted.</returns>
    /// <exception cref="RecipeException">The run cannot go on with some; it lists them all.</exception>
    public IReadOnlyList<string> Recipe(Recipe recipe, PluginCatalogue catalogue)
    {
        if (checkpoint.Origin is not { } origin)
            return [];
        var was = Recipes.Read($"the recipe of checkpoint {checkpoint.State.Iteration}", [], _ => origin.Recipe.GetRawText());
        var changes = RecipeChanges.Between(was, recipe, checkpoint.State.Iteration);
        var places = changes.ToLookup(change => DataPaths.IsMoved(change, recipe, catalogue.Components));
        moved = [.. places[true].Where(change => !IsSamePlace(change))];
        var others = places[false].Where(change => change.Kind != RecipeChangeKind.Harmless || !IsSamePlace(change));
        // Without a fingerprint nobody knows what lies elsewhere.
        return Accepted([.. others, .. origin.Data is null ? moved : [], .. origin.Plugins.SelectMany(stamp => Changed(stamp, catalogue))]);
    }

    /// <summary>Compares the data to what the checkpoint was trained on.</summary>
    /// <returns>The changes that are accepted: another place is, where the data is the same.</returns>
    /// <exception cref="RecipeException">The data has changed.</exception>
    public IReadOnlyList<string> Data(DataContent now, RunDirectory directory)
    {
        if (checkpoint.Origin?.Data is not { } was)
            return [];
        var changes = DataChanges.Between(was, now.Fingerprint, directory.DataFiles(was), now.Files);
        var places = moved.Select(change => new RecipeChange(change.Path, change.Was, change.Is, RecipeChangeKind.Harmless));
        return Accepted([.. changes, .. places]);
    }

    /// <summary>Compares the random numbers to those of the training so far.</summary>
    /// <param name="was">The version that it drew by.</param>
    /// <param name="force">Whether a change is accepted.</param>
    /// <returns>The change that is accepted, if there is one.</returns>
    /// <exception cref="UsageException">The run would draw other numbers from here on.</exception>
    public static IEnumerable<string> Draws(int was, bool force) => was == PluginGan.Draws.Version ? [] : force
        ? [$"resumed with draws: was version {was}, is version {PluginGan.Draws.Version}"]
        : throw new UsageException($"--resume: the random numbers of this run are of version {was}, this release draws version {PluginGan.Draws.Version}: latents, noise and augmentations would be others "
            + "from here on. Finish the run with the release that began it, or accept with --force that it becomes one that no single release repeats");

    /// <summary>Compares the data to what the run was created for, and the machine to the one that the checkpoint was made on.</summary>
    /// <returns>What may keep the run from being the same to the last bit.</returns>
    /// <exception cref="ComponentException">The data has another form than what the run has learned.</exception>
    public static IEnumerable<string> Machine(CheckpointOrigin? origin, RunManifest created, RunManifest now)
    {
        if (Composition.Difference(created.Data, now.Data) is { } difference)
            throw new ComponentException($"the data is not what the run was made for: {difference}");
        if (origin is null)
            return [];
        (string What, string Was, string Is)[] parts =
        [
            ("device", origin.Device, now.Device), ("number of threads", $"{origin.Threads}", $"{now.Threads}"),
            ("version of PluginGan", origin.Version, now.Version), ("version of libtorch", origin.Torch, now.Torch),
        ];
        return parts.Where(part => part.Was != part.Is).Select(part => $"the {part.What} was {part.Was} and is {part.Is}: the run may not be the same to the last bit");
    }

    private static IEnumerable<RecipeChange> Changed(PluginStamp was, PluginCatalogue catalogue)
    {
        if (catalogue.Entries.FirstOrDefault(entry => entry.Name == was.Name) is not { } now || now.Sha256 == was.Sha256)
            yield break;
        // What only measures leaves alone what is learned.
        var measures = now.Components.All(component => component.Kind is ComponentKind.Evaluator or ComponentKind.FeatureExtractor);
        yield return new RecipeChange($"the plugin '{was.Name}'", Stamp(was.Version, was.Sha256), Stamp(now.Version, now.Sha256), measures ? RecipeChangeKind.Harmless : RecipeChangeKind.Doubtful);
    }

    // Earlier versions recorded paths as they were written, relative to the working folder.
    private static bool IsSamePlace(RecipeChange change)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(change.Was) is { Length: > 0 } path
                && Path.GetFullPath(path) == JsonSerializer.Deserialize<string>(change.Is);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private IReadOnlyList<string> Accepted(IReadOnlyList<RecipeChange> changes)
    {
        List<RecipeError> refused = [.. changes.SelectMany(Refuse)];
        return refused.Count == 0 ? [.. changes.Select(change => $"resumed with {change}")] : throw new RecipeException(refused);
    }

    private IEnumerable<RecipeError> Refuse(RecipeChange change)
    {
        var fix = change.Kind switch
        {
            RecipeChangeKind.Impossible => $"the checkpoint of iteration {checkpoint.State.Iteration} cannot go on with that",
            RecipeChangeKind.Doubtful when !force && ShapesNetworks(change) =>
                "put it back: networks of other sizes cannot take the weights of the checkpoint, and --force accepts only what leaves their sizes alone",
            RecipeChangeKind.Doubtful when !force => "put it back, or accept with --force that the run becomes one that no single recipe describes",
            _ => null,
        };
        var place = change.Path.StartsWith("the plugin", StringComparison.Ordinal) ? "" : file;
        if (fix is not null)
            yield return new RecipeError(place, change.Path, null, null, $"was {change.Was}, is {change.Is}; {fix}");
    }

    // Few options of an objective do, and where one does the checkpoint is refused by the networks' sizes.
    private static bool ShapesNetworks(RecipeChange change) => change.Path.StartsWith("architecture.", StringComparison.Ordinal);

    private static string Stamp(string version, string sha256) => $"{version} (SHA-256 {sha256[..Math.Min(12, sha256.Length)]})";
}
