namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// What every statistic asks of its input. Each check throws a ComponentException that names the values at fault: what cannot be
/// measured must not look like a good score.
module internal Require =

    let private refuse message = raise (ComponentException message)

    let private isOnePoint (values: torch.Tensor) (point: torch.Tensor) = values.eq(point).all().item<bool>()

    let finite (what: string) (values: torch.Tensor) =
        if not (values.isfinite().all().item<bool>()) then
            refuse $"the {what} hold NaN or infinity: there is nothing to measure until the run yields finite samples"

    /// Refuses fewer than so many.
    let enough (needed: int64) (what: string) (count: int64) =
        if count < needed then
            let there = if count = 1L then "is 1" else $"are {count}"

            refuse
                $"{what}: there {there}, and at least {needed} are needed; both sets are cut to the size of the smaller one: add samples to it, or evaluate on more"

    let atLeast (count: int64) (what: string) (values: torch.Tensor) = enough count what values.shape[0]

    /// Whatever is computed of sets that are one and the same point would look like perfection.
    let refuseEqual (what: string) =
        refuse $"the {what} are all equal, so there is nothing to compare: use samples that differ, or an extractor that tells them apart"

    /// Refuses sets that are all one point.
    let differing (what: string) (sets: torch.Tensor list) =
        let first = sets.Head.narrow (0L, 0L, 1L)

        if sets |> List.forall (fun values -> isOnePoint values first) then
            refuseEqual what

    /// A single point may lie in the best of places, and says nothing of the model that has collapsed to it.
    let refuseCollapsed (what: string) =
        refuse $"the {what} are all equal: the model has collapsed to one sample, or the extractor does not tell its samples apart"

    /// Refuses fewer than two generated samples, and those that are all one.
    let varied (what: string) (values: torch.Tensor) =
        atLeast 2L what values

        if isOnePoint values (values.narrow (0L, 0L, 1L)) then
            refuseCollapsed what
