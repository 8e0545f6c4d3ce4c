using System.Text;
using PluginGan.Training;

namespace PluginGan.Host.Reports;

/// <summary>The report of a run as a file.</summary>
internal static class ReportFile
{
    /// <summary>Where a run's report stands by itself.</summary>
    public static string DefaultPath(RunDirectory directory) => Path.Combine(directory.Path, "report.html");

    /// <summary>Reads a run's folder and writes its report; one that stands there already is replaced when the new one is whole.</summary>
    /// <returns>What it shows.</returns>
    /// <exception cref="IOException">The run cannot be read, or the file cannot be written.</exception>
    public static ReportContent Write(RunDirectory directory, string path, TimeProvider time)
    {
        var content = ReportReading.Read(directory, time);
        var page = Encoding.UTF8.GetBytes(ReportPage.Build(content));
        AtomicFile.Write(path, stream => stream.Write(page));
        return content;
    }
}
