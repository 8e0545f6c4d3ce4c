using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PluginGan.Abstractions.Tests;

/// <summary><c>docs/plugins/contract.md</c> names every type of the contract, and its example compiles.</summary>
public partial class DocumentedContractTests
{
    private static readonly string Repository = typeof(DocumentedContractTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!;

    private static readonly string Page = Text("docs", "plugins", "contract.md");

    [Test]
    public void Every_public_type_has_one_row_on_the_page_and_no_row_is_of_another() =>
        Assert.That(
            Rows().Matches(Page).Select(row => row.Groups[1].Value),
            Is.EquivalentTo(typeof(IGanPlugin).Assembly.GetExportedTypes().Select(type => type.Name)));

    [Test]
    public void The_plugin_on_the_page_is_one_that_compiles()
    {
        var compiled = Text("tests", "Abstractions.Tests", "Contract", "DocumentedPlugin.cs");
        var blocks = Page.Split("```csharp\n").Skip(1).Select(block => block.Split("```")[0]).ToArray();

        Assert.That(blocks.Where(block => !compiled.Contains(block, StringComparison.Ordinal)), Is.Empty);
        Assert.That(compiled, Does.EndWith(string.Join('\n', blocks)), "all of it is shown, in its order");
    }

    private static string Text(params string[] path) => File.ReadAllText(Path.Combine([Repository, .. path])).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\| `([A-Za-z]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
