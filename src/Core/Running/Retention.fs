namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// Decides which checkpoints of a run stay on the disk.
[<AbstractClass; Sealed>]
type Retention =

    static member private Best(metric: MetricInfo, checkpoints: int64 list, scores: ScoreEntry seq) =
        // The later entry counts: a resumed run may have measured the same iteration again.
        let values =
            Map
                [
                    for entry in scores do
                        match entry.Values.TryGetValue metric.Name with
                        | true, value when Double.IsFinite value -> entry.Iteration, value
                        | _ -> ()
                ]

        let worth iteration =
            match metric.Direction with
            | MetricDirection.Higher -> -values[iteration]
            | _ -> values[iteration]

        match checkpoints |> List.filter values.ContainsKey with
        | [] -> []
        | measured -> [ List.minBy worth measured ]

    static member private Milestones(kimg: float, batch: int, checkpoints: int64 list) =
        // A hair more, since 0.3 / 0.1 falls short of 3.
        let period (iteration: int64) =
            floor (float iteration * float batch / 1000.0 / kimg + 1e-9)

        checkpoints
        |> List.groupBy period
        |> List.filter (fun (period, _) -> period >= 1.0)
        |> List.map (fun (_, inPeriod) -> List.min inPeriod)

    /// <summary>The checkpoints that stay, oldest first. The others may go.</summary>
    /// <param name="settings">What the recipe wants kept.</param>
    /// <param name="batch">Real samples in an iteration.</param>
    /// <param name="checkpoints">The iterations of those that there are.</param>
    /// <param name="scores">The run's evaluations. A checkpoint has a score if its very iteration was evaluated.</param>
    /// <param name="metrics">What the scores mean. A metric that is not among them keeps nothing.</param>
    static member Keep
        (
            settings: RetentionSettings,
            batch: int,
            checkpoints: IReadOnlyList<int64>,
            scores: IReadOnlyList<ScoreEntry>,
            metrics: IReadOnlyList<MetricInfo>
        ) : IReadOnlyList<int64> =
        let checkpoints = checkpoints |> Seq.distinct |> Seq.sort |> List.ofSeq

        let latest = checkpoints |> List.skip (max 0 (checkpoints.Length - settings.Latest))

        let best =
            match
                metrics
                |> Seq.tryFind (fun metric -> Some metric.Name = Option.ofObj settings.Best)
            with
            | Some metric when BestScore.Ranks metric -> Retention.Best(metric, checkpoints, scores)
            | _ -> []

        let milestones =
            if settings.EveryKimg.HasValue then
                Retention.Milestones(settings.EveryKimg.Value, batch, checkpoints)
            else
                []

        latest @ best @ milestones |> List.distinct |> List.sort :> _
