using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

/// <summary>Every recipe in <c>recipes/</c> trains, made small by overrides, and goes on from a checkpoint as if nothing had happened.</summary>
public class RecipeRunTests
{
    private const int Iterations = 20;

    [TestCaseSource(typeof(ShippedRecipes), nameof(ShippedRecipes.Names))]
    public void A_shipped_recipe_trains_and_resumes_bit_for_bit(string name)
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        Machine.Use("cpu", threads: 1);
        var screen = new Screen(json: true, verbose: false);
        var factory = new ComponentFactory(catalogue, new DataFolder(folders.CacheFolder), NullLoggerFactory.Instance, new Progress<ComponentProgress>(), screen);
        var path = Path.Combine(ShippedRecipes.Folder, name);
        var recipe = RecipeReading.Compose(path, ShippedRecipes.Small(RecipeReading.Compose(path, [], catalogue), catalogue.Components), catalogue);
        var store = new CheckpointStore(Path.Combine(folders.CacheFolder, "checkpoints"));

        var whole = Train(null);
        var resumed = Train(store);

        Assert.That(whole.Began, Is.Zero);
        Assert.That(resumed.Began, Is.EqualTo(Iterations / 2));
        Assert.That(whole.Bytes, Is.Not.EqualTo(whole.Before), "it is trained");
        Assert.That(resumed.Bytes, Is.EqualTo(whole.Bytes));

        (long Began, byte[] Before, byte[] Bytes) Train(CheckpointStore? from)
        {
            using var assembly = RunAssembly.Build(recipe, factory, catalogue.Components, torch.CPU, CancellationToken.None);
            using var trainer = new Trainer(assembly.Setup);
            if (from is not null)
            {
                using var checkpoint = from.ReadLatest(Assert.Fail)!;
                trainer.Restore(checkpoint.State);
            }
            var (began, before) = (trainer.Iteration, Bytes(trainer));
            trainer.Run(new HalfWay(trainer, store), CancellationToken.None);
            Assert.That(trainer.FirstBrokenWeight(), Is.Null);
            return (began, before, Bytes(trainer));
        }
    }

    private static byte[] Bytes(Trainer trainer)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, trainer.Capture().Tensors);
        return stream.ToArray();
    }

    private sealed class HalfWay(Trainer trainer, CheckpointStore store) : ITrainingObserver
    {
        public void Iterated()
        {
            if (trainer.Iteration == Iterations / 2)
                store.Write(trainer.Capture());
        }
    }
}
