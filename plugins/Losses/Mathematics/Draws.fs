namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// Random numbers on the device of the samples, from its global generator: a copy from the CPU would make it wait, and TorchSharp's own
/// generators are of the CPU.
module Draws =

    /// Seeds the global generators, so that what a component draws next does not depend on what others have drawn.
    let seed (seed: uint64) (device: Device) =
        let state = Operators.int64 seed
        manual_seed(state).Dispose()

        if device.``type`` = DeviceType.CUDA then
            cuda.manual_seed_all state

    let private shape (samples: Tensor) =
        samples.shape |> Array.mapi (fun axis size -> if axis = 0 then size else 1L)

    /// A number for each sample, uniform in [0, 1), of the samples' type; [N, 1, ...] for samples [N, ...].
    let uniform (samples: Tensor) =
        rand(shape samples, device = samples.device).``to`` samples.dtype

    /// A whole number for each sample, from the first bound to the second, both included: int64 [N, 1, ...].
    let between (least: int64) (greatest: int64) (samples: Tensor) =
        randint (least, greatest + 1L, shape samples, dtype = ScalarType.Int64, device = samples.device)

    /// As `between`, to either side of zero.
    let within (greatest: int64) (samples: Tensor) = between -greatest greatest samples
