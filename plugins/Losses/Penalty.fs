namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// The mathematics of the regularisers: pure functions of tensors whose first dimension is the batch.
module Penalty =

    let private half = (0.5).ToScalar()

    /// Half the mean over the batch of the squared norm of each sample's gradient, from [N, ...] to a scalar.
    let zeroCentred (gradient: Tensor) =
        let flat = gradient.flatten 1
        (flat * flat).sum(1L).mean() * half

    /// The mean over the batch of (norm - target)², from gradients [N, ...] to a scalar. Where a gradient is zero, torch's norm has
    /// the subgradient 0; the root of a sum of squares would have NaN.
    let aroundNorm (target: Scalar) (gradient: Tensor) =
        let excess = (gradient.flatten 1).norm(1, false, 2.0f) - target
        (excess * excess).mean()

    /// A point between each real sample and the fake one of its row, uniform on the line, requiring a gradient; [N, ...]. Drawn on
    /// the device of the samples, by its global generator: a copy from the CPU would make it wait, and TorchSharp's own generators
    /// are of the CPU.
    let between (seed: uint64) (real: Tensor) (fake: Tensor) =
        let state = Operators.int64 seed
        manual_seed(state).Dispose()

        if real.device_type = DeviceType.CUDA then
            cuda.manual_seed_all state

        let shape = Array.mapi (fun axis size -> if axis = 0 then size else 1L) real.shape
        let share = rand(shape, device = real.device).``to`` real.dtype
        lerp(fake.detach (), real.detach (), share).requires_grad_()

    /// The squared Euclidean distance between the means of two batches, [N, ...] and [M, ...].
    let squaredDistanceOfMeans (real: Tensor) (fake: Tensor) =
        let mean (batch: Tensor) = batch.mean [| 0L |]
        let gap = mean real - mean fake
        (gap * gap).sum()
