using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Runs;

/// <summary>The model of a run with its averaged weights, in evaluation mode. Opens no dataset: what samples look like stands in the manifest.</summary>
internal sealed class TrainedModel : IDisposable
{
    private TrainedModel(RunDirectory directory, Recipe recipe, RunManifest manifest, GanModel model) =>
        (Directory, Recipe, Data, Model) = (directory, recipe, manifest.Data, model);

    public RunDirectory Directory { get; }

    public Recipe Recipe { get; }

    public DataSpec Data { get; }

    public GanModel Model { get; }

    /// <summary>The iterations that its weights were trained for.</summary>
    public long Iteration { get; private set; }

    /// <summary>What images made by it say of their origin.</summary>
    public ImageProvenance Provenance { get; private set; } = new();

    public static TrainedModel Open(RunDirectory directory, PluginCatalogue catalogue, ComponentFactory factory, torch.Device device, CancellationToken cancellation)
    {
        var manifest = directory.Manifest();
        var recipe = RecipeReading.Compose(directory.RecipePath, [], catalogue);
        var model = factory.Model(recipe.Architecture, new ModelSpec(manifest.Data, recipe.Training.Pack), new ComponentSetting(device, recipe.Seed, manifest.Data, cancellation));
        var opened = new TrainedModel(directory, recipe, manifest, model);
        try
        {
            var weights = GeneratorFile.Load(directory.GeneratorPath, model);
            opened.Iteration = weights.Iteration;
            opened.Provenance = new ImageProvenance { Run = directory.Name, ModelSha256 = weights.Sha256 };
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

    public void Dispose()
    {
        foreach (var network in Model.Networks.Values)
            network.Dispose();
        Model.Dispose();
    }
}
