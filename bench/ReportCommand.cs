using System.CommandLine;
using PluginGan.Bench.Results;

namespace PluginGan.Bench;

/// <summary><c>report</c>: writes the tables of a document from committed results, so that no figure in it is typed by hand.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string> Document = new("DOCUMENT") { Description = "The document, with comments around each generated section." };
    private static readonly Option<string> Root = new("--root") { Description = "The folder that holds bench/results and repro/results.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };

    // A section of the document and the folder of its results.
    private static readonly (string Section, string Folder)[] Sources = [("bench", "bench/results"), ("repro", "repro/results")];

    public static Command Create()
    {
        var command = new Command("report", "Writes the generated sections of a document from bench/results and repro/results.") { Document, Root };
        command.SetAction(parsed => Write(parsed.GetValue(Document)!, parsed.GetValue(Root)!));
        return command;
    }

    private static void Write(string path, string root)
    {
        var document = File.ReadAllText(path);
        foreach (var (section, folder) in Sources)
        {
            var place = Path.Combine(root, folder);
            var files = Directory.Exists(place) ? Directory.GetFiles(place, "*.json").Order(StringComparer.Ordinal).Select(ResultFile.Read) : [];
            document = GeneratedSection.Replace(document, section, ResultTables.Sections(files, Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(path))!, place).Replace('\\', '/')));
        }
        File.WriteAllText(path, document);
    }
}
