namespace PluginGan.Bench.Results;

/// <summary>How values are summed up.</summary>
internal enum Summary
{
    /// <summary>Median and quartiles: times on a shared machine, where single values say nothing.</summary>
    Median,

    /// <summary>Mean and standard error: independent repetitions, such as seeds.</summary>
    Mean,
}
