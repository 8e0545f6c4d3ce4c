namespace PluginGan.Core

open System
open System.Collections.Generic

/// A 95 % interval of a score.
type Interval =
    {
        /// Where it begins.
        Low: float
        /// Where it ends.
        High: float
    }

/// How sure a score is.
[<AbstractClass; Sealed>]
type Intervals =

    /// The quantile of a normal distribution that leaves 2.5 % above it.
    static let normal = 1.96

    /// <summary>
    /// The interval of a score from its values on random halves of the samples, drawn without replacement. Their standard deviation is the
    /// standard error of the whole: for a mean over N samples the variance over halves is σ²/(N/2) · (1 − 1/2) = σ²/N (the delete-d jackknife
    /// with d = N/2; Shao and Wu 1989, doi:10.1214/aos/1176347263). Biases that grow as the samples get fewer move all halves alike, and so cancel.
    /// </summary>
    /// <param name="value">The score of all samples.</param>
    /// <param name="halves">The same score of each half.</param>
    /// <returns>value ± 1.96 standard errors; null with fewer than two halves, or where a value is not finite.</returns>
    static member OfHalves(value: float, halves: IReadOnlyList<float>) : Interval | null =
        if
            halves.Count < 2
            || not (Double.IsFinite value && Seq.forall Double.IsFinite halves)
        then
            null
        else
            let mean = Seq.average halves

            let variance =
                (halves |> Seq.sumBy (fun half -> (half - mean) ** 2.0))
                / float (halves.Count - 1)

            let reach = normal * sqrt variance

            {
                Low = value - reach
                High = value + reach
            }
