using NUnit.Framework;

namespace PluginGan.Host.Tests;

public class ExitCodeTests
{
    [Test]
    public void The_readme_has_the_table_of_exit_codes()
    {
        var readme = File.ReadAllLines(Path.Combine(ShippedRecipes.Folder, "..", "README.md"));

        Assert.That(readme.SkipWhile(line => line != "| code | |").Skip(2).TakeWhile(line => line.StartsWith('|')),
            Is.EqualTo(ExitCode.Table.Select(row => $"| {row.Code} | {row.Meaning} |")));
    }

    [Test]
    public void Every_exit_code_has_its_meaning()
    {
        var codes = typeof(ExitCode).GetFields().Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!);

        Assert.That(ExitCode.Table.Select(row => row.Code), Is.EquivalentTo(codes));
    }
}
