using System.CommandLine;
using PluginGan.Host.Runs;

namespace PluginGan.Host.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<string[]> Plugins { get; } = new("--plugins")
    {
        Description = "A folder with plugin folders, besides the one next to the program. Repeatable; where a name appears twice, the later wins.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = Recursive(FlagOption.Of("--verbose", "Show diagnostic messages and stack traces."));

    public static Option<bool> Json() => FlagOption.Of("--json", "Write one JSON document to standard output, and to standard error nothing but errors and warnings, on a terminal progress too.");

    public static Option<string> Runs() => new("--runs") { Description = "The folder of the runs.", HelpName = "DIR", DefaultValueFactory = _ => "runs" };

    public static Option<string> Device() => new("--device") { Description = "cpu, cuda, cuda:N or auto, which is the first GPU where there is one.", HelpName = "DEVICE", DefaultValueFactory = _ => "auto" };

    public static Option<int?> Threads() => NumberOption.Optional("--threads", "Threads to compute with on the CPU; by default one for each core.", 1, Machine.MostThreads);

    public static Option<ulong?> Seed(string description) => NumberOption.Optional("--seed", description, ulong.MinValue, ulong.MaxValue);

    public static Option<bool> Best() => FlagOption.Of("--best", "Takes the model of the best evaluation (training.keepBest) instead of the last.");

    public static Argument<string> Run() => new("RUN") { Description = "The run: its folder, its name, or a part of its name that no other run has." };

    private static Option<bool> Recursive(Option<bool> option)
    {
        option.Recursive = true;
        return option;
    }
}
