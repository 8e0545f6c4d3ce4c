using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>The health of a run under way: what its history amounts to, and what roll-backs have changed.</summary>
internal sealed class HealthWatch(HealthSettings settings)
{
    private Health health = Health.Start(settings);
    private IReadOnlyList<DiagnosisEntry> rollBacks = [];

    /// <summary>The product of the factors of all roll-backs, by network.</summary>
    public IReadOnlyDictionary<string, double> RateFactors => rollBacks
        .SelectMany(entry => entry.Diagnosis.RateFactors)
        .GroupBy(factor => factor.Key, factor => factor.Value)
        .ToDictionary(factors => factors.Key, factors => factors.Aggregate(1.0, (product, factor) => product * factor));

    /// <summary>The roll-backs whose remedies are in force.</summary>
    public IReadOnlyList<DiagnosisEntry> RollBacks => rollBacks;

    /// <summary>Goes on from what has been recorded.</summary>
    public void Recall(RunSummary summary) => (health, rollBacks) = (Health.Fold(settings, summary.ScalarHistory), summary.RollBacks);

    /// <summary>What one more entry brings to light.</summary>
    public IReadOnlyList<Diagnosis> After(long iteration, IReadOnlyDictionary<string, double> scalars)
    {
        health = health.After(iteration, scalars);
        return health.Diagnoses;
    }

    /// <summary>The diagnosis of a weight that is no longer finite.</summary>
    public Diagnosis OfBrokenWeight(string name) => health.OfBrokenWeight(name);

    /// <summary>Whether the rule has been rolled back for already: it is not a second time.</summary>
    public bool HasRolledBack(HealthRule rule) => rollBacks.Any(entry => entry.Diagnosis.Rule == rule);
}
