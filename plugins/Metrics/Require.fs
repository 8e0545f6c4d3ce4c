namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// What every statistic asks of its input. Each check throws a ComponentException that names the values at fault.
module internal Require =

    let finite (what: string) (values: torch.Tensor) =
        if not (values.isfinite().all().item<bool>()) then
            raise (ComponentException $"the {what} hold NaN or infinity: there is nothing to measure until the run yields finite samples")

    /// Refuses fewer than so many.
    let enough (needed: int64) (what: string) (count: int64) =
        if count < needed then
            let there = if count = 1L then "is 1" else $"are {count}"

            raise (
                ComponentException
                    $"{what}: there {there}, and at least {needed} are needed; both sets are cut to the size of the smaller one: add samples to it, or evaluate on more"
            )

    let atLeast (count: int64) (what: string) (values: torch.Tensor) = enough count what values.shape[0]
