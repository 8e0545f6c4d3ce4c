namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// The course of the metric that the best of a run is judged by.
type internal BestScore =
    {
        Metric: MetricInfo
        /// Iteration and value of the best so far; none where no value was finite.
        Best: (int64 * float) option
        /// How many evaluations have passed since.
        Since: int
    }

    /// None where there is no such metric. A value that is not finite is no better than any other.
    static member TryFold(training: TrainingSettings, scores: ScoreEntry seq, metrics: MetricInfo seq) : BestScore option =
        let next score (iteration, value) =
            let better best =
                if score.Metric.HigherIsBetter then
                    value > best
                else
                    value < best

            match score.Best with
            | _ when not (Double.IsFinite value) -> { score with Since = score.Since + 1 }
            | Some(_, record) when not (better record) -> { score with Since = score.Since + 1 }
            | _ ->
                { score with
                    Best = Some(iteration, value)
                    Since = 0
                }

        let values (name: string) =
            [
                for entry in scores do
                    match entry.Values.TryGetValue name with
                    | true, value -> entry.Iteration, value
                    | _ -> ()
            ]

        metrics
        |> Seq.tryFind (fun metric -> Some metric.Name = Option.ofObj training.Retention.Best)
        |> Option.map (fun metric ->
            values metric.Name
            |> List.fold
                next
                {
                    Metric = metric
                    Best = None
                    Since = 0
                })
