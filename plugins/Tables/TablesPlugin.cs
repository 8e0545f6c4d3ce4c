namespace PluginGan.Plugins.Tables;

/// <summary>Tables: rows of a CSV file, points as rows, and the sampling by category that rare categories need.</summary>
public sealed class TablesPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Dataset<CsvTableOptions>(
            new(CsvTable.Name, "The rows of a CSV file; its columns are continuous or categorical, by themselves or as told.") { Samples = [SampleKind.Table], Conditions = [ConditionKind.None], Source = "https://www.rfc-editor.org/rfc/rfc4180" },
            CsvTable.Open);
        components.Dataset<AsTableOptions>(
            new("as-table", "The points of another dataset as rows of a table, with their class as a column if they have one.") { Samples = [SampleKind.Table], Conditions = [ConditionKind.None] },
            (options, context) => PointTable.Open(options, context));
        components.Dataset<ByCategoryOptions>(
            new("by-category", "Rows of another table, drawn so that rare categories are seen too; each comes with the category that it was drawn for as condition.") { Samples = [SampleKind.Table], Conditions = [ConditionKind.Vector], Source = "arXiv:1907.00503" },
            (options, context) => new ByCategory(options, context));
    }
}
