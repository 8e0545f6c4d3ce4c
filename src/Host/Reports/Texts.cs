using System.Globalization;
using PluginGan.Core;

namespace PluginGan.Host.Reports;

/// <summary>Numbers and times as a person reads them.</summary>
internal static class Texts
{
    // Thousands stand apart by a narrow space that does not break.
    private static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = "\u202F", NumberGroupSizes = [3] };

    /// <summary>A count, 12 345.</summary>
    public static string Count(long value) => value.ToString("#,0", Spaced);

    /// <summary>A measured number with four significant digits.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        _ => (Math.Abs(value) is >= 1000 and < 1e7 ? value.ToString("#,0", Spaced) : value.ToString("G4", CultureInfo.InvariantCulture)).Replace('-', '−'),
    };

    /// <summary>A date and time of the clock of the run, with its distance from UTC.</summary>
    public static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>A span of time in its two largest units.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => $"{(int)span.TotalDays} d {span.Hours} h",
        { TotalHours: >= 1 } => $"{span.Hours} h {span.Minutes} min",
        { TotalMinutes: >= 1 } => $"{span.Minutes} min {span.Seconds} s",
        _ => $"{span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s",
    };

    public static string Status(RunStatus status) => status.ToString().ToLowerInvariant();
}
