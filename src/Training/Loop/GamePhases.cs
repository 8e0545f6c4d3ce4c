namespace PluginGan.Training;

/// <summary>A phase of the run: one that the objective states, or one that the recipe's regularisers at intervals need.</summary>
/// <param name="Phase">The phase as the run has it.</param>
/// <param name="Stated">The phase as the objective states it; null for one of regularisers alone.</param>
/// <param name="Terms">The regularisers of its updates.</param>
/// <param name="Updates">How many updates each penalty stands for.</param>
internal sealed record GamePhase(Phase Phase, Phase? Stated, IReadOnlyList<WeightedRegularizer> Terms, int Updates);

/// <summary>The phases of a run: the objective's, and those that the recipe adds.</summary>
internal static class GamePhases
{
    /// <summary>
    /// The phases in order. Regularisers at an interval have phases of their own, the discriminator's before all others and the generator's after them: what stands between may share a draw. Their weight is
    /// multiplied by the number of updates between two penalties.
    /// </summary>
    public static IReadOnlyList<GamePhase> Of(TrainerSetup setup)
    {
        // Read once: a property may make a new list each time, and phases are compared.
        Phase[] stated = [.. setup.Objective.Phases];
        GamePhase[] before = [.. Lazy(setup, Side.Discriminator, stated)];
        // The first phase shares the draw of the penalty before it.
        var first = before.Length > 0 && !setup.Training.FreshDraws ? stated.FirstOrDefault() : null;
        return
        [
            .. before,
            .. stated.Select(phase => new GamePhase(
                InRun(ReferenceEquals(phase, first) ? phase with { SharesDraw = true } : phase, setup), phase,
                [.. setup.Regularizers.Where(term => term.Interval == 1 && term.Regularizer.Side == phase.Side)], 1)),
            .. Lazy(setup, Side.Generator, stated),
        ];
    }

    /// <summary>The networks of the model that a phase trains: what regularisers reach. Networks of the objective judge no pair.</summary>
    public static IEnumerable<string> OfModel(Phase phase, TrainerSetup setup) => phase.Trains.Except(setup.Objective.Networks.Keys);

    private static Phase InRun(Phase phase, TrainerSetup setup) => phase with
    {
        Repeat = phase is { Side: Side.Discriminator, RevertsAfterIteration: false } ? phase.Repeat * setup.Training.DiscriminatorSteps : phase.Repeat,
        SharesDraw = phase.SharesDraw && !setup.Training.FreshDraws,
    };

    private static IEnumerable<GamePhase> Lazy(TrainerSetup setup, Side side, Phase[] stated)
    {
        var discriminates = side == Side.Discriminator;
        var main = stated.FirstOrDefault(phase => phase.Side == side)
            ?? (discriminates ? new Phase("d", [Roles.Discriminator]) : new Phase("g", setup.Model.Generates)) with { Side = side };
        var repeat = InRun(main, setup).Repeat;
        var groups = setup.Regularizers.Where(term => term.Interval > 1 && term.Regularizer.Side == side).GroupBy(term => term.Interval);
        foreach (var (place, terms) in groups.Index())
        {
            var phase = new Phase(place == 0 ? $"{main.Name}_reg" : $"{main.Name}_reg{terms.Key}", [.. OfModel(main, setup)])
            {
                Side = side,
                Interval = terms.Key,
                Active = main.Active,
            };
            yield return new GamePhase(phase, null, [.. terms], terms.Key * repeat);
        }
    }
}
