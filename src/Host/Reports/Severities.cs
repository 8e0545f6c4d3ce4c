using PluginGan.Core;

namespace PluginGan.Host.Reports;

/// <summary>How grave an event is: the name of its style.</summary>
internal static class Severities
{
    public static string Of(RunEvent happened) => happened.Kind switch
    {
        RunEventKind.Failed => "critical",
        RunEventKind.Diagnosis => happened.Diagnosis?.Severity == Severity.Critical ? "critical" : "warning",
        RunEventKind.RolledBack or RunEventKind.Warning => "warning",
        RunEventKind.Finished => "good",
        _ => "plain",
    };
}
