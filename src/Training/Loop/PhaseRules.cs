using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>What phases and settings must agree on before the first update.</summary>
internal static class PhaseRules
{
    /// <exception cref="ComponentException">Two phases have one name, two that train the generator share a draw, one trains what another reverts after the iteration, or an optimiser is set for a network that does not exist.</exception>
    public static void Check(IReadOnlyList<Phase> phases, TrainerSetup setup)
    {
        if (phases.GroupBy(phase => phase.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ComponentException($"two phases are named '{twice.Key}'; scalars and seeds go by the name, so each needs its own");

        var sharing = 0;
        foreach (var phase in phases)
        {
            var trains = phase.Trains.Any(setup.Model.Generates.Contains) ? 1 : 0;
            sharing = phase.SharesDraw ? sharing + trains : trains;
            if (sharing > 1)
                throw new ComponentException($"phase '{phase.Name}' trains the generator on a draw that another phase has trained it on already: its graph is used up, so SharesDraw must be false");
        }

        foreach (var role in phases.SelectMany(phase => phase.Trains).Distinct())
        {
            var training = phases.Where(phase => phase.Trains.Contains(role)).SkipWhile(phase => !phase.RevertsAfterIteration).ToList();
            if (training.Find(phase => !phase.RevertsAfterIteration) is { } lost)
                throw new ComponentException($"phase '{lost.Name}' trains '{role}' after phase '{training[0].Name}', which reverts it after the iteration: its update would be reverted too; let it run before");
        }

        var networks = setup.Model.Networks.Keys.Concat(setup.Objective.Networks.Keys).ToList();
        if (setup.Training.Optimizers.Keys.FirstOrDefault(name => !networks.Contains(name)) is { } unknown)
            throw new ComponentException($"training.optimizers: there is no network '{unknown}'; {(Nearest.Suggest(unknown, networks) is { } near ? $"did you mean '{near}'?" : $"there are {string.Join(", ", networks)}, and 'default' for all others")}");
    }
}
