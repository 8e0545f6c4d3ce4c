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

    /// Whether one value of the metric can be better than another.
    static member Ranks(metric: MetricInfo) =
        metric.Direction = MetricDirection.Higher
        || metric.Direction = MetricDirection.Lower

    /// None where there is no such metric, or it does not rank. A value that is not finite is no better than any other.
    static member TryFold(training: TrainingSettings, scores: ScoreEntry seq, metrics: MetricInfo seq) : BestScore option =
        let next score (iteration, value) =
            let better best =
                match score.Metric.Direction with
                | MetricDirection.Higher -> value > best
                | _ -> value < best

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
        |> Seq.tryFind (fun metric ->
            Some metric.Name = Option.ofObj training.Retention.Best
            && BestScore.Ranks metric)
        |> Option.map (fun metric ->
            values metric.Name
            |> List.fold
                next
                {
                    Metric = metric
                    Best = None
                    Since = 0
                })
