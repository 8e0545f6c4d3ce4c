using System.Text.RegularExpressions;
using NUnit.Framework;
using PluginGan.Core;

namespace PluginGan.Host.Tests;

/// <summary>The page on the variants, against what there is.</summary>
public partial class ZooTests
{
    private static readonly ComponentKind[] Playing = [ComponentKind.Architecture, ComponentKind.Loss, ComponentKind.Objective, ComponentKind.Regularizer, ComponentKind.Augmentation];

    private static string Page { get; } = File.ReadAllText(Path.Combine(ShippedRecipes.Folder, "..", "docs", "zoo.md"));

    [Test]
    public void Every_recipe_stands_on_the_page()
    {
        var named = Names().Matches(Page).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.That(ShippedRecipes.Names.Select(file => Path.GetFileNameWithoutExtension(file)).Except(named), Is.Empty);
    }

    [Test]
    public void Every_component_of_a_game_stands_in_the_guides_and_the_guides_name_no_other_recipe()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);
        var guides = string.Concat(new[] { "zoo", "losses", "objectives", "architectures", "translation", "beyond-images" }
            .Select(name => File.ReadAllText(Path.Combine(ShippedRecipes.Folder, "..", "docs", $"{name}.md"))));
        var named = Names().Matches(guides).Select(match => match.Groups[1].Value).ToHashSet();
        var components = catalogue.Components.Where(component => Playing.Contains(component.Kind)).Select(component => component.Info.Name).Distinct();
        var recipes = Regex.Matches(Page, @"`((?:fashion|ring|grid|mnist|ctgan|edges2clothes|timegan|grammar)-[a-z0-9-]+)`").Select(match => match.Groups[1].Value)
            .Except(catalogue.Components.Select(component => component.Info.Name));

        Assert.That(components.Except(named), Is.Empty);
        Assert.That(recipes.Where(name => !File.Exists(Path.Combine(ShippedRecipes.Folder, $"{name}.json"))), Is.Empty);
    }

    [GeneratedRegex("`([a-z0-9-]+)`")]
    private static partial Regex Names();
}
