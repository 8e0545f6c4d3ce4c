namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// Brings columns of any scale to one that a network can learn from, in float64: a column of time stamps must not drown the others.
module Standardisation =

    /// Beyond so many deviations a value grows as its logarithm, so that a stray one cannot overflow or drown the rest.
    let private linear = 10.0

    /// From 2²⁴ on float32, which samples come in, does not hold every whole number, and so few steps of it are no picture of a column.
    let private coarse, private steps = 16777216.0, 16.0

    let private requireResolved (both: torch.Tensor) =
        let greatest = both.abs().amax [| 0L |]
        let range = both.amax [| 0L |] - both.amin [| 0L |]

        let lost =
            greatest.ge(coarse.ToScalar()).logical_and(range.lt (greatest * (steps / coarse)))

        if lost.any().item<bool>() then
            let column = (lost.nonzero().min().item<int64>()) + 1L

            raise (
                ComponentException
                    $"column {column} holds numbers so large that float32 cannot tell them apart: subtract an offset, or leave the column out"
            )

    /// Values of [..., D] less their mean over real rows and divided by their deviation, both of each column, as float32 [..., fewer].
    /// Columns in which no row differs are left out; where real rows alone do not vary, mean and deviation are those of both kinds.
    /// A ComponentException refuses rows of which nothing is left, and columns whose differences are lost to their size.
    let apart (real: torch.Tensor) (generated: torch.Tensor) : struct (torch.Tensor * torch.Tensor) =
        let size = real.shape[real.shape.Length - 1]

        let flat (samples: torch.Tensor) =
            samples.detach().``to``(torch.float64).reshape(-1L, size)

        let both = torch.cat ([| flat real; flat generated |], 0L)
        requireResolved both

        let varies (rows: torch.Tensor) =
            rows.amax([| 0L |]).gt(rows.amin [| 0L |])

        let kept = (varies both).nonzero().squeeze 1L

        if kept.shape[0] = 0L then
            raise (
                ComponentException "real and generated samples are all equal, so there is nothing to tell apart: use samples that differ"
            )

        let columns (rows: torch.Tensor) = rows.index_select (1L, kept)
        let real', both = columns (flat real), columns both
        // Less a row of it first: a mean of large equal numbers is not exactly one of them.
        let origin = both.narrow (0L, 0L, 1L)
        let ofReal = varies real'

        let choose (measure: torch.Tensor -> torch.Tensor) =
            torch.where (ofReal, measure (real' - origin), measure (both - origin))

        let mean = choose (fun rows -> rows.mean [| 0L |])
        let deviation = choose (fun rows -> rows.std (0L, false))

        let bring (samples: torch.Tensor) =
            let scaled = (columns (flat samples) - origin - mean) / deviation
            let size = scaled.abs ()

            let tamed =
                torch.where (size.gt (linear.ToScalar()), scaled.sign () * ((size / linear).log() + 1.0) * linear, scaled)

            let shape = Array.copy samples.shape
            shape[shape.Length - 1] <- kept.shape[0]
            tamed.reshape(shape).``to`` torch.float32

        struct (bring real, bring generated)
