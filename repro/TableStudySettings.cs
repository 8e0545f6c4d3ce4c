namespace PluginGan.Repro;

/// <summary>How a study is run this time.</summary>
/// <param name="Seeds">Runs of each variant, seeds 1 to this.</param>
/// <param name="Jobs">Runs side by side.</param>
/// <param name="Quick">Whether it is only to be seen that the study runs.</param>
/// <param name="Full">Whether runs are as long as those of the paper.</param>
/// <param name="Only">Texts one of which the name of a variant must contain; none for all variants.</param>
/// <param name="Set">Settings for every variant that is run.</param>
/// <param name="Again">Whether runs of before are left alone, and dropped from the results.</param>
internal sealed record TableStudySettings(int Seeds, int Jobs, bool Quick, bool Full, IReadOnlyList<string> Only, IReadOnlyList<string> Set, bool Again)
{
    /// <summary>How it reads on the command line.</summary>
    public string Arguments => string.Concat(
        $"{(Quick ? " --quick" : "")}{(Full ? " --full" : "")} --seeds {Seeds}",
        string.Concat(Only.Select(text => $" --only '{text}'")),
        string.Concat(Set.Select(setting => $" --set {setting}")),
        Jobs > 1 ? $" --jobs {Jobs}" : "");

    /// <summary>Whether a variant is run this time.</summary>
    public bool Selects(Study.Variant variant) => Only.Count == 0 || Only.Any(text => variant.Name.Contains(text, StringComparison.OrdinalIgnoreCase));
}
