namespace PluginGan.Plugins.Metrics

/// What sums up values of repetitions and samples.
module internal Summary =

    let mean (values: float[]) = Array.average values

    /// The standard deviation of these values themselves (ddof 0), as NumPy and the reference implementations of KID and IS take it.
    let deviation (values: float[]) =
        let centre = mean values

        values
        |> Array.averageBy (fun value -> (value - centre) * (value - centre))
        |> sqrt

    /// The value below which that share of the others lies (the lower one between two).
    let quantile (share: float) (values: float[]) =
        let sorted = Array.sort values
        sorted[int (share * float (sorted.Length - 1))]

    let median values = quantile 0.5 values
