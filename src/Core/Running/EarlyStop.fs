namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// Decides whether a run ends before its last iteration because it gets no better.
[<AbstractClass; Sealed>]
type EarlyStop =

    /// <summary>Why the run ends here, in plain words; null where it goes on.</summary>
    /// <param name="training">How it trains: its patience, and the metric that the best checkpoint is kept by.</param>
    /// <param name="scores">The run's evaluations in order. One whose value is not finite is no better than any other.</param>
    /// <param name="metrics">What the scores mean. A metric that is not among them ends nothing.</param>
    static member Reason
        (training: TrainingSettings, scores: IReadOnlyList<ScoreEntry>, metrics: IReadOnlyList<MetricInfo>)
        : string | null =
        let metric =
            metrics
            |> Seq.tryFind (fun metric -> Some metric.Name = Option.ofObj training.Retention.Best)

        let values (metric: MetricInfo) =
            [
                for entry in scores do
                    match entry.Values.TryGetValue metric.Name with
                    | true, value -> entry.Iteration, value
                    | _ -> ()
            ]

        match metric with
        | Some metric when training.Patience.HasValue ->
            let better value best =
                if metric.HigherIsBetter then value > best else value < best

            /// The best so far, and how many evaluations have passed since.
            let next (best, since) (iteration, value) =
                match best with
                | _ when not (Double.IsFinite value) -> best, since + 1
                | Some(_, record) when not (better value record) -> best, since + 1
                | _ -> Some(iteration, value), 0

            match values metric |> List.fold next (None, 0) with
            | Some(iteration, value), since when since >= training.Patience.Value ->
                $"{metric.Name} has not become better than {value:G4}, that of iteration {iteration}, in {since} evaluations (training.patience)"
            | None, since when since >= training.Patience.Value ->
                $"{metric.Name} has had no finite value in {since} evaluations (training.patience)"
            | _ -> null
        | _ -> null
