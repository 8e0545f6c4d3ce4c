using System.Diagnostics;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>The README's plugin, built by somebody who has nothing of this repository but the package of the contract.</summary>
public partial class ThirdPartyPluginTests
{
    [Test]
    public void The_plugin_of_the_README_builds_against_the_package_alone_and_trains_in_a_host_that_was_not_rebuilt()
    {
        using var product = new Product().With("Games");
        var host = File.GetLastWriteTimeUtc(Path.Combine(Product.HostFolder, "plugingan.dll"));
        var readme = File.ReadAllText(Path.Combine(Product.Repository, "README.md"));
        Build(product, Block(readme, "csharp"), Block(readme, "xml"));
        product.File("recipe.json", Recipe.Tiny.With("\"non-saturating\"", "\"my-loss\""));
        var outcome = product.Run("train", "recipe.json");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(File.ReadAllText(Path.Combine(product.OnlyRun(), "manifest.json")), Does.Contain("MyPlugin"));
        Assert.That(Directory.GetFiles(Path.Combine(product.PluginFolder, "MyPlugin")).Select(Path.GetFileName), Does.Not.Contain("TorchSharp.dll").And.Not.Contain("PluginGan.Abstractions.dll"));
        Assert.That(File.GetLastWriteTimeUtc(Path.Combine(Product.HostFolder, "plugingan.dll")), Is.EqualTo(host));
    }

    [Test]
    public void A_metric_written_outside_appears_in_evaluate_in_the_report_and_in_TensorBoard()
    {
        using var product = new Product().With("Games");
        var project = Block(File.ReadAllText(Path.Combine(Product.Repository, "README.md")), "xml");
        const string Source = """
            using PluginGan;

            public sealed class MyPlugin : IGanPlugin
            {
                public void Register(IComponentRegistry components) => components.Evaluator<MyOptions>(new("loudness", "How loud samples are."), (_, _) => new Loudness());
            }

            public sealed class MyOptions;

            public sealed class Loudness : Evaluator
            {
                public override IReadOnlyList<MetricInfo> Metrics { get; } = [new("loudness-ratio", "Mean square of generated over real samples.", MetricDirection.NearReference) { Reference = "1" }];

                public override IReadOnlyList<MetricValue> Evaluate(EvaluationContext context)
                {
                    double Of(SampleSet set) => context.Samples(set).square().mean().item<float>();
                    return [new("loudness-ratio", Of(SampleSet.Generated) / Of(SampleSet.Real))];
                }
            }
            """;

        Build(product, Source, project);
        product.File("recipe.json", Recipe.Tiny.With("[ \"mean-gap\" ]", "[ \"loudness\" ]"));
        var trained = product.Run("train", "recipe.json");
        var evaluated = product.Run("evaluate", product.OnlyRun(), "--json");

        Assert.That(trained.ExitCode, Is.Zero, trained.ToString());
        Assert.That(evaluated.ExitCode, Is.Zero, evaluated.ToString());
        Assert.That(evaluated.Output, Does.Contain("\"loudness-ratio\""));
        Assert.That(File.ReadAllText(Path.Combine(product.OnlyRun(), "report.html")), Does.Contain("loudness-ratio"));
        Assert.That(Directory.GetFiles(Path.Combine(product.OnlyRun(), "tensorboard")).Select(File.ReadAllText), Has.Some.Contains("scores/loudness-ratio"));
    }

    [Test]
    public void A_plugin_for_another_version_of_the_contract_is_refused_before_its_code_runs()
    {
        using var product = new Product();
        product.File("Directory.Build.props", "<Project />");
        product.File("Newer/Newer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><EnableDynamicLoading>true</EnableDynamicLoading></PropertyGroup>
              <ItemGroup>
                <AssemblyMetadata Include="PluginGan.Contract" Value="7.0.0" />
                <Reference Include="{Path.Combine(Product.HostFolder, "PluginGan.Abstractions.dll")}" Private="false" />
              </ItemGroup>
            </Project>
            """);
        product.File("Newer/Newer.cs", """
            public sealed class Newer : PluginGan.IGanPlugin
            {
                public Newer() => System.IO.File.WriteAllText("it-ran", "");
                public void Register(PluginGan.IComponentRegistry components) { }
            }
            """);
        Dotnet(product, "build", "Newer", "-c", "Release", "-o", Path.Combine(product.PluginFolder, "Newer"));

        var list = product.Run("plugins", "list");

        Assert.That(list.Output, Does.Contain("7.0.0 of the contract"));
        Assert.That(File.Exists(Path.Combine(product.Folder, "it-ran")), Is.False);
    }

    private static void Build(Product product, string source, string project)
    {
        var feed = Directory.CreateDirectory(Path.Combine(product.Folder, "feed")).FullName;
        Dotnet(product, "pack", Path.Combine(Product.Repository, "src", "Abstractions"), "-c", Product.Configuration, "--no-build", "-o", feed);
        product.File("MyPlugin/MyPlugin.cs", source);
        product.File("MyPlugin/MyPlugin.csproj", project);
        product.File("nuget.config", $"""<configuration><packageSources><add key="local" value="{feed}" /></packageSources></configuration>""");
        Dotnet(product, "build", "MyPlugin", "-c", "Release", "-o", Path.Combine(product.PluginFolder, "MyPlugin"));
    }

    private static string Block(string markdown, string language)
    {
        var match = Fence().Matches(markdown).FirstOrDefault(match => match.Groups["language"].Value == language);
        Assert.That(match, Is.Not.Null, $"the README has no {language} block");
        return match!.Groups["text"].Value;
    }

    private static void Dotnet(Product product, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = product.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Packages that the machine has are used where they lie; the package under test goes into a cache that ends with the test.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        start.Environment["RestoreFallbackFolders"] = cache;
        start.Environment["NUGET_PACKAGES"] = Path.Combine(product.Folder, "packages");
        // The test host's own settings must not reach the build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{output.Result}{errors.Result}");
    }

    [GeneratedRegex("^```(?<language>\\w+)\\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
