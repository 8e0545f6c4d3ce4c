namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// What regularisers do with samples beyond the step's own.
module Samples =

    /// Raises what mixed precision has made 16-bit.
    let raised (tensor: Tensor) =
        if tensor.element_size () < 4L then
            tensor.``to`` ScalarType.Float32
        else
            tensor

    /// Changes each sample by itself where the run packs (PacGAN, arXiv:1712.04086): the discriminator's input has several in a row,
    /// [N / P, P · C, ...], the change sees [N, C, ...].
    let unpacked (verdict: Verdict) (change: Tensor -> Tensor) =
        let input = verdict.Input
        let shape = Array.copy verdict.Samples.shape
        shape[0] <- -1L
        (change (input.reshape shape)).reshape input.shape
