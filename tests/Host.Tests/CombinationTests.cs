using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using TorchSharp;

namespace PluginGan.Host.Tests;

/// <summary>What composes trains, and what does not is refused before anything is opened.</summary>
public class CombinationTests
{
    private const int Seed = 14;

    private PluginFolders folders = null!;
    private PluginCatalogue catalogue = null!;
    private readonly List<Combination> accepted = [];
    private readonly Dictionary<string, Combination> refusals = [];

    [OneTimeSetUp]
    public void Compose()
    {
        folders = new PluginFolders();
        catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        var components = catalogue.Components;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var outcomes = CombinationMatrix.Of(components).AsParallel().AsOrdered().Select(combination =>
        {
            try
            {
                combination.Compose(components);
                return (combination, Errors: (IReadOnlyList<RecipeError>)[]);
            }
            catch (RecipeException error)
            {
                return (combination, error.Errors);
            }
        });
        var refused = 0;
        foreach (var (combination, errors) in outcomes)
        {
            if (errors.Count == 0)
                accepted.Add(combination);
            else
                refused++;
            foreach (var error in errors)
                refusals.TryAdd(error.Message, combination);
        }
        TestContext.Progress.WriteLine($"{accepted.Count} combinations are accepted, {refused} are refused for {refusals.Count} reasons, in {watch.Elapsed.TotalSeconds:0} s");
    }

    [OneTimeTearDown]
    public void Close()
    {
        catalogue.Dispose();
        folders.Dispose();
    }

    [Test]
    public void Every_refusal_is_one_sentence_with_a_remedy() => Assert.Multiple(() =>
    {
        Assert.That(refusals, Is.Not.Empty);
        foreach (var message in refusals.Keys.Order(StringComparer.Ordinal))
            TestContext.Out.WriteLine(message);
        foreach (var (message, combination) in refusals)
            Assert.That(message, Has.Length.LessThan(400).And.Matches("[;:] ").And.Not.Contains("\n").And.Not.Contains(". ").And.Not.Contains("no plugin has it"), $"{combination}");
    });

    [Test]
    public void Every_component_is_accepted_in_some_combination()
    {
        ComponentKind[] kinds = [ComponentKind.Architecture, ComponentKind.Objective, ComponentKind.Loss, ComponentKind.Regularizer, ComponentKind.Augmentation];
        var used = accepted.SelectMany(combination => combination.Choices).Select(choice => choice.Name).ToHashSet();

        Assert.That(catalogue.Components.Where(known => kinds.Contains(known.Kind)).Select(known => known.Info.Name).Except(used), Is.Empty);
    }

    [Test]
    public void What_composes_runs()
    {
        Machine.Use("cpu", threads: 1);
        var factory = new ComponentFactory(catalogue, new DataFolder(folders.CacheFolder), NullLoggerFactory.Instance, new Progress<ComponentProgress>(), new Screen(json: true, verbose: false));
        var cover = PairwiseCover.Of(accepted, Seed);

        var failures = cover.Select(combination => (combination, Failure: Failure(combination, factory))).Where(run => run.Failure is not null).Select(run => $"{run.combination}: {run.Failure}").ToList();

        TestContext.Out.WriteLine($"{cover.Count} runs");
        Assert.That(failures, Is.Empty, $"{failures.Count} of {cover.Count} fail");
    }

    private string? Failure(Combination combination, ComponentFactory factory)
    {
        try
        {
            using var assembly = RunAssembly.Build(combination.Compose(catalogue.Components), factory, catalogue.Components, torch.CPU, CancellationToken.None);
            using var trainer = new Trainer(assembly.Setup);
            trainer.Run(new Nothing(), CancellationToken.None);
            return trainer.FirstBrokenWeight()?.ToString();
        }
        catch (Exception error)
        {
            return error.Message;
        }
    }

    private sealed class Nothing : ITrainingObserver
    {
        public void Iterated()
        {
        }
    }
}
