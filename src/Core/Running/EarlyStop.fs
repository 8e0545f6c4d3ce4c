namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// Decides by a run's evaluations which of its models is the best, and whether it ends before its last iteration because it gets no better.
[<AbstractClass; Sealed>]
type EarlyStop =

    /// <summary>The iteration of the best evaluation by the metric that the recipe names; null where there is none.</summary>
    /// <param name="training">How it trains: the metric that the best is kept by.</param>
    /// <param name="scores">The run's evaluations in order. One whose value is not finite is no better than any other.</param>
    /// <param name="metrics">What the scores mean.</param>
    static member Best
        (training: TrainingSettings, scores: IReadOnlyList<ScoreEntry>, metrics: IReadOnlyList<MetricInfo>)
        : Nullable<int64> =
        BestScore.TryFold(training, scores, metrics)
        |> Option.bind _.Best
        |> Option.map fst
        |> Option.toNullable

    /// <summary>Why the best model cannot be kept by the metric that the recipe names; null where it can, or none is named.</summary>
    /// <param name="training">How it trains: the metric that the best is kept by.</param>
    /// <param name="metrics">What the evaluators measure.</param>
    static member Refusal(training: TrainingSettings, metrics: IReadOnlyList<MetricInfo>) : string | null =
        let names (metrics: MetricInfo seq) =
            metrics |> Seq.map _.Name |> String.concat ", "

        let wanted = Option.ofObj training.Retention.Best

        match wanted, metrics |> Seq.tryFind (fun metric -> Some metric.Name = wanted) with
        | None, _ -> null
        | Some _, None when metrics.Count = 0 -> "needs evaluators that measure it"
        | Some best, None -> $"there is no metric '{best}'; the evaluators measure {names metrics}"
        | Some _, Some metric when BestScore.Ranks metric -> null
        | Some best, Some _ ->
            match metrics |> Seq.filter BestScore.Ranks |> List.ofSeq with
            | [] ->
                $"neither a higher nor a lower '{best}' is better, so no model is the best by it; add an evaluator that ranks models, such as fid"
            | ranking -> $"neither a higher nor a lower '{best}' is better, so no model is the best by it; set it to one of {names ranking}"

    /// <summary>Why the run ends here, in plain words; null where it goes on.</summary>
    /// <param name="training">How it trains: its patience, and the metric that the best is kept by.</param>
    /// <param name="scores">The run's evaluations in order. One whose value is not finite is no better than any other.</param>
    /// <param name="metrics">What the scores mean. A metric that is not among them ends nothing.</param>
    static member Reason
        (training: TrainingSettings, scores: IReadOnlyList<ScoreEntry>, metrics: IReadOnlyList<MetricInfo>)
        : string | null =
        match BestScore.TryFold(training, scores, metrics) with
        | Some score when training.Patience.HasValue && score.Since >= training.Patience.Value ->
            match score.Best with
            | Some(iteration, value) ->
                $"{score.Metric.Name} has not become better than {value:G4}, that of iteration {iteration}, in {score.Since} evaluations (training.patience)"
            | None -> $"{score.Metric.Name} has had no finite value in {score.Since} evaluations (training.patience)"
        | _ -> null
