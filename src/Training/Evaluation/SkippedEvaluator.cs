namespace PluginGan.Training;

/// <summary>An evaluator that could not measure these samples.</summary>
/// <param name="Evaluator">Its name.</param>
/// <param name="Reason">Why, and what would help.</param>
public sealed record SkippedEvaluator(string Evaluator, string Reason)
{
    /// <summary>Both in a sentence; many a reason begins with the name.</summary>
    public override string ToString() => Reason.StartsWith(Evaluator, StringComparison.Ordinal) ? Reason : $"{Evaluator}: {Reason}";
}
