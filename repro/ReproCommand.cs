using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using PluginGan.Bench.Results;

namespace PluginGan.Repro;

/// <summary>The command line.</summary>
internal static class ReproCommand
{
    private static readonly Option<int> Seeds = AtLeastOne("--seeds", "Runs of each kind, seeds 1 to N.", 3);
    private static readonly Option<bool> Quick = new("--quick") { Description = "A few iterations of a tiny network on built-in data, to see that the study runs. The values mean nothing." };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads on the CPU.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<string> Runs = new("--runs") { Description = "The folder of the runs; those that are finished there are not run again.", HelpName = "DIR", DefaultValueFactory = _ => "repro/runs" };
    private static readonly Option<string?> Out = new("--out") { Description = "Writes the results to a file, as JSON.", HelpName = "FILE" };
    private static readonly Option<bool> Full = new("--full") { Description = "As long as the paper's runs, where the recipes are shorter." };
    private static readonly Option<int> Jobs = AtLeastOne("--jobs", "Runs side by side, each with --threads of its own.", 1);
    private static readonly Option<string[]> Only = new("--only") { Description = "Only variants whose name contains this; may be repeated. What the file of results holds of the others stays.", HelpName = "TEXT" };
    private static readonly Option<bool> Again = new("--again") { Description = "Trains what is run anew, and drops from the file of results what it holds of that, and what other recipes or settings led to." };
    private static readonly Option<string[]> Set = new("--set") { Description = "Changes a setting of every variant that is run; may be repeated.", HelpName = "PATH=VALUE" };
    private static readonly Option<string> Host = new("--host") { Description = "The folder of the host; by default the one that is built with this.", HelpName = "FOLDER", DefaultValueFactory = _ => BuiltHost() };

    public static RootCommand Root()
    {
        var root = new RootCommand("Trains a DCGAN on Fashion-MNIST in float32 and in bfloat16, several seeds each, and compares the scores.") { Seeds, Quick, Threads, Device, Runs, Out, Host };
        root.SetAction(parsed => Write(parsed, host => new PrecisionStudy(host, parsed.GetValue(Seeds), parsed.GetValue(Quick)).Run()));
        var watermark = new Command("watermark", "Marks generated and real images, attacks them, and counts what is found, and what is found where nothing is.") { Quick, Threads, Device, Runs, Out, Host };
        watermark.SetAction(parsed => Write(parsed, host => new WatermarkStudy(host, parsed.GetValue(Quick)).Run()));
        root.Add(watermark);
        root.Add(Equality());
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "studies"), "*.json").Order(StringComparer.Ordinal))
            root.Add(Table(Path.GetFileNameWithoutExtension(file), Study.Read(file)));
        return root;
    }

    private static Command Equality()
    {
        var recorded = new Option<string>("--recorded") { Description = "The file of what was recorded.", HelpName = "FILE", DefaultValueFactory = _ => "repro/equality/recorded.json" };
        var record = new Option<bool>("--record") { Description = "Writes that file, where a change of the weights is meant." };
        var command = new Command("equality", "Trains tiny seeded runs and compares their weights and scalars, bit for bit, with those that were recorded.") { recorded, record, Runs, Host };
        command.SetAction(parsed =>
        {
            var host = new HostProgram(parsed.GetValue(Host)!, parsed.GetValue(Runs)!, "cpu", threads: 1);
            var found = new EqualityStudy(host, Path.Combine(Metadata("Repository"), "recipes")).Train();
            if (parsed.GetValue(record))
            {
                EqualityStudy.Write(parsed.GetValue(recorded)!, found);
                return 0;
            }
            var differences = EqualityStudy.Differences(EqualityStudy.Read(parsed.GetValue(recorded)!), found).ToList();
            differences.ForEach(Console.WriteLine);
            Console.WriteLine(differences.Count == 0 ? $"all {found.Count} runs are equal" : $"{differences.Count} differences");
            return differences.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Command Table(string name, Study study)
    {
        var command = new Command(name, $"{study.Title} ({study.Source}): trains each variant, and prints ours beside the published figures. With --out it goes on from the results in that file.")
            { Seeds, Quick, Full, Only, Set, Again, Jobs, Threads, Device, Runs, Out, Host };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Only) is { Length: > 0 } only && only.FirstOrDefault(text => !study.Variants.Any(variant => variant.Name.Contains(text, StringComparison.OrdinalIgnoreCase))) is { } unknown)
                result.AddError($"--only '{unknown}': the study '{name}' has no such variant; it has {string.Join("; ", study.Variants.Select(variant => variant.Name))}");
            if (study.Minutes is { } minutes && result.GetValue(Set)?.FirstOrDefault(setting => setting.StartsWith("training.iterations=", StringComparison.Ordinal)) is { } length)
                result.AddError($"--set {length}: each variant of the study '{name}' trains for {minutes} minutes, in as many iterations as they allow");
        });
        command.SetAction(parsed =>
        {
            var settings = new TableStudySettings(parsed.GetValue(Seeds), parsed.GetValue(Jobs), parsed.GetValue(Quick), parsed.GetValue(Full), parsed.GetValue(Only) ?? [], parsed.GetValue(Set) ?? [], parsed.GetValue(Again));
            return Write(parsed, host =>
            {
                var path = parsed.GetValue(Out);
                var earlier = File.Exists(path) ? ResultFile.Read(path) : null;
                return new TableStudy(host, name, study, settings, path is null ? null : Path.ChangeExtension(path, null)).Run(earlier, results =>
                {
                    if (path is not null)
                        results.Write(path);
                });
            });
        });
        return command;
    }

    private static int Write(ParseResult parsed, Func<HostProgram, ResultFile> study)
    {
        var host = new HostProgram(parsed.GetValue(Host)!, parsed.GetValue(Runs)!, parsed.GetValue(Device)!, parsed.GetValue(Threads));
        try
        {
            var results = study(host);
            Console.WriteLine($"\n{ResultTables.Sections([results])}");
            if (parsed.GetValue(Out) is { } path)
                results.Write(path);
            return 0;
        }
        catch (Exception failure) when (failure is InvalidOperationException or JsonException)
        {
            Console.Error.WriteLine($"error: {failure.Message}");
            return 1;
        }
    }

    private static Option<int> AtLeastOne(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} must be at least 1");
        });
        return option;
    }

    private static string BuiltHost() => Metadata("HostFolder");

    private static string Metadata(string key) =>
        typeof(ReproCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
