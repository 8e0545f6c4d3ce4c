namespace PluginGan.Plugins.Sequences;

/// <summary>Sequences of symbols: lines of text, and a small grammar.</summary>
public sealed class SequencesPlugin : IGanPlugin
{
    /// <inheritdoc/>
    public void Register(IComponentRegistry components)
    {
        components.Dataset<TextLinesOptions>(
            new("text-lines", "The lines of a text file as sequences of symbols: text, DNA, molecules.") { Samples = [SampleKind.Sequence], Conditions = [ConditionKind.None] },
            (options, _) => TextLines.Open(options));
        components.Dataset<GrammarOptions>(
            new("grammar", "Random sums, differences, products and quotients of x: sequences whose validity can be told.") { Samples = [SampleKind.Sequence], Conditions = [ConditionKind.None], Source = "arXiv:1611.04051" },
            (options, _) => Grammar.Open(options));
    }
}
