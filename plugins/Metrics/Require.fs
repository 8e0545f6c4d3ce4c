namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// What every statistic asks of its input. Each check throws a ComponentException that names the values at fault.
module internal Require =

    let finite (what: string) (values: torch.Tensor) =
        if not (values.isfinite().all().item<bool>()) then
            raise (ComponentException $"the {what} hold NaN or infinity: there is nothing to measure until the run yields finite samples")

    let atLeast (count: int64) (what: string) (values: torch.Tensor) =
        if values.shape[0] < count then
            raise (ComponentException $"there are {values.shape[0]} {what}, and at least {count} are needed: evaluate on more samples")
