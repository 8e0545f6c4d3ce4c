using PluginGan.Bench.Results;

namespace PluginGan.Bench;

/// <summary>One thing that is measured.</summary>
internal interface IMeasure
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures.</summary>
    IEnumerable<Measurement> Take(BenchSettings settings);
}
