using System.Text.Json;
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
        TestContext.Progress.WriteLine($"{accepted.Count} combinations are accepted, {refused} are refused for {refusals.Count} reasons");
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
        foreach (var (message, combination) in refusals)
            Assert.That(
                message,
                Has.Length.LessThan(400).And.Matches("[;:] ").And.Not.Contains("\n").And.Not.Contains(". ").And.Not.Contains("no plugin has it"),
                $"{combination}");
    });

    [Test]
    public void Every_component_is_accepted_in_some_combination()
    {
        // In the order of Combination.Choices.
        ComponentKind[] kinds =
            [ComponentKind.Architecture, ComponentKind.Objective, ComponentKind.Loss, ComponentKind.Regularizer, ComponentKind.Augmentation];
        var used = accepted.SelectMany(combination => kinds.Zip(combination.Choices, (kind, choice) => (kind, choice.Name))).ToHashSet();

        var known = catalogue.Components.Where(known => kinds.Contains(known.Kind)).Select(known => (known.Kind, (string?)known.Info.Name));
        Assert.That(known.Except(used), Is.Empty);
    }

    [Test]
    public void An_effect_names_an_option_of_its_component_and_a_value_that_it_takes()
    {
        var conditions = catalogue.Components
            .SelectMany(known => known.Info.Effects.SelectMany(effect => effect.When), (known, condition) => (known, condition))
            .ToList();

        Assert.That(conditions, Is.Not.Empty);
        foreach (var (known, condition) in conditions)
        {
            var option = known.Options.SingleOrDefault(option => option.Name == condition.Option);
            Assert.That(option, Is.Not.Null, $"{known.Info.Name} has no option '{condition.Option}'");
            string[] values = option!.Kind switch
            {
                OptionKind.Boolean => ["true", "false"],
                OptionKind.Choice => [.. option.Choices],
                _ => ["0"],
            };
            Assert.That(values, Does.Contain(condition.Value), $"{known.Info.Name}: {condition.Option}");
        }
    }

    [Test]
    public void What_components_say_of_themselves_survives_the_cache()
    {
        using var again = folders.Catalogue(PluginFolders.BuiltIn);

        Assert.That(JsonSerializer.Serialize(again.Components), Is.EqualTo(JsonSerializer.Serialize(catalogue.Components)));
        Assert.That(again.Loaded, Is.Empty);
        var dcgan = again.Components.Single(known => known is { Kind: ComponentKind.Architecture, Info.Name: "dcgan" }).Info;
        Assert.That(dcgan.Effects[0].When, Is.EqualTo(new[] { new OptionIs("conditional", "true") }));
    }

    [Test]
    public void What_composes_runs()
    {
        Machine.Use("cpu", threads: 1);
        var (data, screen) = (new DataFolder(folders.CacheFolder), new Screen(json: true, verbose: false));
        var factory = new ComponentFactory(catalogue, data, NullLoggerFactory.Instance, new Progress<ComponentProgress>(), screen);
        var cover = PairwiseCover.Of(accepted, Seed);

        var failures = new List<string>();
        foreach (var combination in cover)
            if (Failure(combination, factory) is { } failure)
                failures.Add($"{combination}: {failure}");

        TestContext.Out.WriteLine($"{cover.Count} runs");
        Assert.That(failures, Is.Empty, $"{failures.Count} of {cover.Count} fail");
    }

    private string? Failure(Combination combination, ComponentFactory factory)
    {
        try
        {
            var recipe = combination.Compose(catalogue.Components);
            using var assembly = RunAssembly.Build(recipe, factory, catalogue.Components, torch.CPU, CancellationToken.None);
            using var trainer = new Trainer(assembly.Setup);
            trainer.Run(new Nothing(), CancellationToken.None);
            return trainer.FirstBrokenWeight() is { } broken ? $"{broken} is not finite" : null;
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
