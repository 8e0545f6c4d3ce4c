using System.CommandLine;
using System.Reflection;
using PluginGan.Bench.Results;

namespace PluginGan.Repro;

/// <summary>The command line.</summary>
internal static class ReproCommand
{
    private static readonly Option<int> Seeds = new("--seeds") { Description = "Runs of each kind, seeds 1 to N.", HelpName = "N", DefaultValueFactory = _ => 3 };
    private static readonly Option<bool> Quick = new("--quick") { Description = "A few iterations of a tiny network on built-in data, to see that the study runs. The values mean nothing." };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads on the CPU.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<string> Device = new("--device") { Description = "cpu or cuda:N.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private static readonly Option<string> Runs = new("--runs") { Description = "The folder of the runs; those that are finished there are not run again.", HelpName = "DIR", DefaultValueFactory = _ => "repro/runs" };
    private static readonly Option<string?> Out = new("--out") { Description = "Writes the results to a file, as JSON.", HelpName = "FILE" };
    private static readonly Option<string> Host = new("--host") { Description = "The folder of the host; by default the one that is built with this.", HelpName = "FOLDER", DefaultValueFactory = _ => BuiltHost() };

    public static RootCommand Root()
    {
        var root = new RootCommand("Trains a DCGAN on Fashion-MNIST in float32 and in bfloat16, several seeds each, and compares the scores.") { Seeds, Quick, Threads, Device, Runs, Out, Host };
        root.SetAction(parsed => Write(parsed, host => new PrecisionStudy(host, parsed.GetValue(Seeds), parsed.GetValue(Quick)).Run()));
        var watermark = new Command("watermark", "Marks generated and real images, attacks them, and counts what is found, and what is found where nothing is.") { Quick, Threads, Device, Runs, Out, Host };
        watermark.SetAction(parsed => Write(parsed, host => new WatermarkStudy(host, parsed.GetValue(Quick)).Run()));
        root.Add(watermark);
        return root;
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
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine($"error: {failure.Message}");
            return 1;
        }
    }

    private static string BuiltHost() =>
        typeof(ReproCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "HostFolder").Value!;
}
