using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>The model of a run with its averaged weights, in evaluation mode. Opens no dataset: what samples look like stands in the manifest.</summary>
internal sealed class TrainedModel : IDisposable
{
    // A model that is trained cannot be made smaller.
    private const string MoreMemory = "use a machine or container with more memory";

    private TrainedModel(RunDirectory directory, Recipe recipe, RunManifest manifest, GanModel model) =>
        (Directory, Recipe, Data, Draws, Model) = (directory, recipe, manifest.Data, manifest.Draws, model);

    public RunDirectory Directory { get; }

    public Recipe Recipe { get; }

    public DataSpec Data { get; }

    /// <summary>The version of the random numbers that the run began with.</summary>
    public int Draws { get; }

    public GanModel Model { get; }

    /// <summary>The iterations that its weights were trained for.</summary>
    public long Iteration { get; private set; }

    /// <summary>What images made by it say of their origin.</summary>
    public ImageProvenance Provenance { get; private set; } = new();

    /// <param name="directory">The run.</param>
    /// <param name="catalogue">The plugins.</param>
    /// <param name="factory">Makes the model.</param>
    /// <param name="device">Where it computes.</param>
    /// <param name="best">Whether the weights are those of the best evaluation; else those of the last checkpoint.</param>
    /// <param name="cancellation">Cancelled when the user interrupts.</param>
    public static TrainedModel Open(RunDirectory directory, PluginCatalogue catalogue, ComponentFactory factory, torch.Device device, bool best, CancellationToken cancellation)
    {
        if (best && !File.Exists(directory.BestPath))
            throw new UsageException($"--best: '{directory.Name}' has kept no best model; a recipe names the metric that it is judged by in training.keepBest, and evaluates every training.evaluateEvery iterations");
        var manifest = directory.Manifest();
        var recipe = RecipeReading.Compose(directory.RecipePath, [], catalogue);
        var model = factory.Model(recipe.Architecture, new ModelSpec(manifest.Data, recipe.Training.Pack), new ComponentSetting(device, recipe.Seed, manifest.Data, cancellation), MoreMemory);
        var opened = new TrainedModel(directory, recipe, manifest, model);
        try
        {
            var weights = MemoryGuard.Make("the weights of the run need", MoreMemory, () => GeneratorFile.Load(best ? directory.BestPath : directory.GeneratorPath, model));
            opened.Iteration = weights.Iteration;
            opened.Provenance = new ImageProvenance { Run = directory.Name, ModelSha256 = weights.Sha256 };
        }
        catch (DamagedWeightsException damaged)
        {
            opened.Dispose();
            throw new IOException($"{damaged.Message}; {Remedy(directory, best)}", damaged);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
        foreach (var network in model.Networks.Values)
        {
            network.to(device);
            network.eval();
        }
        model.State?.to(device);
        model.Advance(Math.Min(1, opened.Iteration / (double)recipe.Training.Iterations));
        return opened;
    }

    private static string Remedy(RunDirectory directory, bool best) => best
        ? "leave --best out to take the last weights, or put back a copy of the file"
        : $"`plugingan train --resume {directory.Name}` writes it anew from the last checkpoint"
            + (File.Exists(directory.BestPath) ? ", and --best takes best.safetensors instead" : "");

    public void Dispose()
    {
        foreach (var network in Model.Networks.Values)
            network.Dispose();
        Model.Dispose();
    }
}
