using System.CommandLine;
using PluginGan.Bench.Results;

namespace PluginGan.Bench;

/// <summary><c>report</c>: writes the tables of a document from committed results, so that no figure in it is typed by hand.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Document = new("DOCUMENT") { Description = "The document, with comments around each generated section." };
    private static readonly Option<string> Root = new("--root") { Description = "The folder that holds bench/results and repro/results.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };
    private static readonly Option<bool> Check = new("--check") { Description = "Changes nothing, and fails where the document is not what would be written." };

    public static Command Create()
    {
        var command = new Command("report", "Writes the generated sections of a document: `bench` and `repro` from all files of bench/results and repro/results, others from the file that they are named by.") { Document, Root, Check };
        command.SetAction(parsed => Write(parsed.GetValue(Document)!, parsed.GetValue(Root)!, parsed.GetValue(Check)));
        return command;
    }

    private static int Write(string path, string root, bool check)
    {
        var before = File.ReadAllText(path);
        var document = before;
        var sections = GeneratedSection.Names(before);
        if (sections.Count == 0)
        {
            Console.Error.WriteLine($"error: {path} has no generated section: a line '<!-- NAME: generated -->' and a line '<!-- NAME: end -->'");
            return 1;
        }
        foreach (var section in sections)
        {
            var single = Path.GetExtension(section) == ".json";
            var place = Path.Combine(root, single ? Path.GetDirectoryName(section)! : $"{section}/results");
            string[] files = single ? [Path.Combine(root, section)] : Directory.Exists(place) ? [.. Directory.GetFiles(place, "*.json").Order(StringComparer.Ordinal)] : [];
            if (!files.Any(File.Exists))
            {
                Console.Error.WriteLine($"error: the section '{section}' of {path} has no results: there is no {(single ? files[0] : Path.Combine(place, "*.json"))}; --root names the folder that holds them");
                return 1;
            }
            var seen = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, place).Replace('\\', '/');
            document = GeneratedSection.Replace(document, section, ResultTables.Sections(files.Select(ResultFile.Read), seen));
        }
        if (!check)
            File.WriteAllText(path, document);
        else if (document != before)
        {
            Console.Error.WriteLine($"error: {path} is stale: write it anew by `bench report {path}`");
            return 1;
        }
        return 0;
    }
}
