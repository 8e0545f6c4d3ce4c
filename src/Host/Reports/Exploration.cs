using System.Text.Json;
using PluginGan.Training;

namespace PluginGan.Host.Reports;

/// <summary>What <c>explore</c> found in the model, as <c>explore/explore.json</c> lists it.</summary>
/// <param name="Iteration">The iterations that the model had been trained for; null where nothing was explored.</param>
/// <param name="Pictures">In the order of the list.</param>
internal sealed record Exploration(long? Iteration, IReadOnlyList<Picture> Pictures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads an exploration. Only files of its own folder are shown, whatever the list says.</summary>
    /// <param name="folder">The run's <c>explore</c> folder, which need not exist.</param>
    /// <param name="files">The run's.</param>
    /// <param name="note">Told what cannot be shown.</param>
    public static Exploration Read(string folder, RunFiles files, Action<string> note)
    {
        var path = Path.Combine(folder, "explore.json");
        if (!File.Exists(path))
            return new Exploration(null, []);
        try
        {
            files.Require(path);
            var listed = JsonFile.Read<Listing>(path, Json);
            var budget = new PictureBudget(files);
            return new Exploration(listed.Iteration, [.. listed.Pictures.Select(entry => budget.Read(folder, entry.File, entry.Title, entry.Text ?? "", note)).OfType<Picture>()]);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            note($"explore/explore.json cannot be read: {error.Message}");
            return new Exploration(null, []);
        }
    }

    private sealed record Listing(long Iteration, IReadOnlyList<Entry> Pictures);

    private sealed record Entry(string File, string Title, string? Text = null);
}
