using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace PluginGan.Training;

/// <summary>Carries out explorations and writes what they show into a folder, with <c>explore.json</c> that says what is what.</summary>
/// <param name="folder">The folder; made where there is none.</param>
public sealed class ExplorationRun(string folder)
{
    private const string Contents = "explore.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Explores and writes; what was done before an error or interruption is there too. What an earlier exploration has left in the folder is deleted.</summary>
    /// <param name="explorations">What to look at, by name; one that cannot be prepared or is not possible throws <see cref="ComponentException"/> and is skipped.</param>
    /// <param name="model">The model.</param>
    /// <param name="iteration">The iterations that its weights were trained for.</param>
    /// <param name="time">Now.</param>
    /// <param name="report">Told of each when it is done.</param>
    /// <exception cref="ComponentException">None of them is possible.</exception>
    public ExplorationReport Explore(
        IEnumerable<(string Name, Func<Exploration> Prepare)> explorations, ExploredModel model, long iteration, DateTimeOffset time, Action<string, IReadOnlyList<ExploredPicture>> report)
    {
        var (shown, skipped) = (new List<ExploredPicture>(), new List<SkippedExploration>());
        ExplorationReport Written() => new(iteration, time, model.Seed, Listed(shown, isPicture: true), Listed(shown, isPicture: false), skipped);
        try
        {
            foreach (var (name, prepare) in explorations)
            {
                try
                {
                    var pictures = prepare().Explore(model);
                    Write(pictures);
                    shown.AddRange(pictures);
                    report(name, pictures);
                }
                catch (ComponentException reason)
                {
                    skipped.Add(new SkippedExploration(name, reason.Message));
                }
            }
        }
        finally
        {
            if (shown.Count > 0)
                Write(Written());
        }
        return shown.Count > 0 ? Written() : throw new ComponentException($"there is nothing to show: {string.Join("; ", skipped.Select(entry => $"{entry.Name}: {entry.Reason}"))}");
    }

    private static IReadOnlyList<ExplorationEntry> Listed(IEnumerable<ExploredPicture> pictures, bool isPicture) =>
        [.. pictures.Where(picture => picture.File.EndsWith(".png", StringComparison.Ordinal) == isPicture).Select(picture => new ExplorationEntry(picture.File, picture.Title, picture.Text))];

    private void Write(IReadOnlyList<ExploredPicture> pictures)
    {
        Directory.CreateDirectory(folder);
        foreach (var picture in pictures)
            AtomicFile.Write(Path.Combine(folder, picture.File), stream => stream.Write(picture.Content));
    }

    private void Write(ExplorationReport written)
    {
        foreach (var old in Left().Except(written.Pictures.Concat(written.Files).Select(entry => entry.File)))
            File.Delete(Path.Combine(folder, old));
        AtomicFile.Write(Path.Combine(folder, Contents), stream => JsonSerializer.Serialize(stream, written, Json));
    }

    // Only what the list names, and only names of files: the folder may hold other things.
    private IEnumerable<string> Left()
    {
        try
        {
            var old = JsonFile.Read<ExplorationReport>(Path.Combine(folder, Contents), Json);
            var listed = (old.Pictures ?? []).Concat(old.Files ?? []);
            return [.. listed.Select(entry => Path.GetFileName(entry.File)).Where(name => name.Length > 0)];
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            return [];
        }
    }
}
