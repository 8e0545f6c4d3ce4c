namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// A random number for each sample, on the device of the samples.
module PerSample =

    let private one = 1L.ToScalar()

    // One number each, with as many dimensions as a sample has.
    let private shape (samples: Tensor) =
        Array.create (samples.shape.Length - 1) 1L

    /// A number for each sample, uniform in [0, 1), of the samples' type; [N, 1, ...] for samples [N, ...].
    let uniform (samples: Tensor) =
        Draws.Uniform(samples.shape[0], shape samples, samples.device).``to`` samples.dtype

    /// A whole number for each sample, from the first bound to the second, both included: int64 [N, 1, ...].
    let between (least: int64) (greatest: int64) (samples: Tensor) =
        use start = least.ToScalar()

        Draws.Integers(samples.shape[0], shape samples, greatest - least + 1L, samples.device).add (start, one)

    /// As `between`, to either side of zero.
    let within (greatest: int64) (samples: Tensor) = between -greatest greatest samples
