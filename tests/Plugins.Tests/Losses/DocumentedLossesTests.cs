using System.Reflection;
using NUnit.Framework;
using PluginGan.Plugins.Losses;

namespace PluginGan.Plugins.Tests;

/// <summary><c>docs/losses.md</c> says of every component of the plugin what it computes and when to choose it.</summary>
public sealed class DocumentedLossesTests
{
    private static readonly Registered Plugin = new(new LossesPlugin());

    private static readonly string[] Names = [.. Plugin.Names<AdversarialLoss>(), .. Plugin.Names<Regularizer>(), .. Plugin.Names<Augmentation>()];

    [TestCaseSource(nameof(Names))]
    public void A_component_has_a_row_in_a_table(string name)
    {
        var repository = typeof(DocumentedLossesTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;
        Assert.That(File.ReadAllLines(Path.Combine(repository, "docs", "losses.md")), Has.One.StartsWith($"| `{name}` |"));
    }
}
