namespace PluginGan.Plugins.Metrics

open TorchSharp

/// Features seen from among them: sums and squares of values that share a large offset would lose the digits by which they differ.
module internal Origin =

    /// Both sets in float64, less the mean of the first one.
    let shared (real: torch.Tensor) (generated: torch.Tensor) : struct (torch.Tensor * torch.Tensor) =
        let real, generated =
            real.detach().``to`` torch.float64, generated.detach().``to`` torch.float64

        let origin = real.mean ([| 0L |], keepdim = true)
        struct (real - origin, generated - origin)
