namespace PluginGan.Plugins.Series;

/// <summary>Time series: windows of CSV files, and sines.</summary>
public sealed class SeriesPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Dataset<CsvSeriesOptions>(
            new(CsvSeries.Name, "Windows of time series in a CSV file, or in a folder of them.") { Samples = [SampleKind.Series], Conditions = [ConditionKind.None], Source = "https://www.rfc-editor.org/rfc/rfc4180" },
            CsvSeries.Open);
        components.Dataset<SinesOptions>(
            new("sines", "Sines of random frequency and phase, several side by side.") { Samples = [SampleKind.Series], Conditions = [ConditionKind.None], Source = "NeurIPS 2019, Yoon, Jarrett, van der Schaar" },
            (options, _) => Sines.Open(options));
    }
}
