using System.Globalization;

namespace PluginGan.Training;

/// <summary>One way to look into a trained model.</summary>
public abstract class Exploration
{
    /// <summary>Looks. Equal models and seeds give equal pictures.</summary>
    /// <exception cref="ComponentException">This model does not allow it; the message says why.</exception>
    public abstract IReadOnlyList<ExploredPicture> Explore(ExploredModel model);

    internal static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    internal static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");

    // What the rows of a sheet are called: a clip takes a row of its own.
    internal static string Layout(SampleSpec sample, string columns) => sample switch
    {
        ImageSpec => $"each of its rows is one latent, from left to right {columns}",
        VideoSpec => $"for each latent it has so many rows of frames, from top to bottom {columns}",
        _ => $"for each latent it has so many lines, from top to bottom {columns}",
    };

    // Which classes the latents of a picture have.
    internal static string ClassesOf(ExploredModel model) => model.Model.Condition is ClassCondition classes
        ? $" The latents are of the classes {string.Join(", ", Enumerable.Range(0, model.Count).Select(row => classes.Names[row % classes.Count]))}."
        : "";
}
