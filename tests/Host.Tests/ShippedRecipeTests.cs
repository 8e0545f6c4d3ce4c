using System.Text.Json.Nodes;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Tests;

/// <summary>What lies in <c>recipes/</c>, against the plugins that are built with the host.</summary>
public class ShippedRecipeTests
{
    private static string Folder => ShippedRecipes.Folder;

    [TestCaseSource(typeof(ShippedRecipes), nameof(ShippedRecipes.Names))]
    public void A_shipped_recipe_composes_and_its_resolved_form_says_the_same(string name)
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        var recipe = RecipeReading.Compose(Path.Combine(Folder, name), [], catalogue);
        var resolved = Composition.Compose("recipe.json", [], _ => Recipes.ToJson(recipe), catalogue.Components);

        Assert.That(recipe.Name, Is.EqualTo(Path.GetFileNameWithoutExtension(name)));
        Assert.That(Recipes.ToJson(resolved), Is.EqualTo(Recipes.ToJson(recipe)));
    }

    [Test]
    public void The_recipe_of_the_guide_to_training_composes()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        var guide = File.ReadAllText(Path.Combine(Folder, "..", "docs", "training.md"));
        var recipe = guide.Split("```json")[1].Split("```")[0];

        Assert.That(Composition.Compose("burn-in.json", [], _ => recipe, catalogue.Components).Training.Optimizer(Roles.Discriminator).Clip!.Threshold, Is.EqualTo(10));
    }

    // Any number is a seed, and means and coordinates may lie anywhere.
    private static readonly string[] WithoutRange = ["splitSeed", "mean", "centres"];

    [Test]
    public void Every_number_of_a_built_in_component_has_a_range()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        var unbounded = catalogue.Components.SelectMany(component => component.Options.Select(option => (component.Info.Name, Option: option)))
            .Where(found => found.Option.Kind is OptionKind.Integer or OptionKind.Number or OptionKind.Schedule && found.Option.Minimum is null && !WithoutRange.Contains(found.Option.Name));

        Assert.That(unbounded.Select(found => $"{found.Name}.{found.Option.Name}"), Is.Empty);
    }

    [Test]
    public void The_committed_schema_is_that_of_the_built_in_plugins()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        var committed = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "recipe.schema.json")));

        Assert.That(JsonNode.DeepEquals(committed, RecipeSchema.Build(catalogue.Components)), "write it anew: plugingan plugins schema > recipes/recipe.schema.json");
    }
}
