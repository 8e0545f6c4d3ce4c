namespace PluginGan.Plugins.Metrics

open System
open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type MemorisationOptions() =
    [<Required>]
    [<Description("The feature extractor whose features are compared; auto: one that suits the data.")>]
    member val Extractor = "auto" with get, set

    [<Range(0, 1000)>]
    [<Description("Generated images on the sheet, those nearest to a training image first; 0 for no sheet.")>]
    member val Rows = 10 with get, set

    [<Range(1, 100)>]
    [<Description("Nearest training images beside each of them.")>]
    member val Neighbours = 5 with get, set

/// Whether generated samples are nearer to training samples than unseen real ones are: copies, not creations.
module Memorisation =

    /// The share of held-out real samples that count as suspiciously near to the training data.
    let private rare = 0.01

    /// Each generated sample beside its nearest training samples, the most suspicious first. Saved features have no samples to show.
    let private show (options: MemorisationOptions) (context: EvaluationContext) (neighbours: int[][]) (distances: float[]) =
        match context.Data.Sample with
        | :? ImageSpec when options.Rows > 0 ->
            use _ = torch.NewDisposeScope()

            let suspects =
                Array.init distances.Length id
                |> Array.sortBy (fun row -> distances[row])
                |> Array.truncate options.Rows

            let sheet =
                try
                    [|
                        for row in suspects do
                            context.Samples(SampleSet.Generated, [| int64 row |])
                            context.Samples(SampleSet.Training, Array.map int64 neighbours[row])
                    |]
                with :? ComponentException ->
                    [||]

            if sheet.Length > 0 then
                context.Show("nearest-neighbours", torch.cat sheet, 1 + neighbours[0].Length)
        | _ -> ()

    let evaluator (options: MemorisationOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "memorisation",
                        "Median distance from generated samples to their nearest training sample, over that of real samples not trained on: 1 is right, far below 1 alarming.",
                        MetricDirection.NearReference,
                        Reference = "1"
                    )
                    MetricInfo(
                        named "near-copies",
                        "Share of generated samples nearer to a training sample than 99 in 100 real ones not trained on: about 0.01 is right.",
                        MetricDirection.NearReference,
                        Reference = "0.01"
                    )
                |]

            override _.Evaluate context =
                if context.Count SampleSet.Training = 0L then
                    raise (ComponentException "memorisation: there is no training data in this evaluation; evaluate a run, or leave memorisation out")

                let points set =
                    Measured.points context set options.Extractor

                let real, generated, training =
                    points SampleSet.Real, points SampleSet.Generated, points SampleSet.Training

                Require.enough 2L "features of real samples" real.Count
                Require.enough 2L "features of generated samples" generated.Count
                let unseen = Neighbours.nearestDistance real training


                if real.AllEqual real then
                    Require.refuseEqual "features of real samples"

                let neighbours, nearest =
                    Neighbours.nearest (min options.Neighbours training.Count) generated training

                let distances = nearest |> Array.map Array.head
                let usual, near = Summary.median unseen, Summary.quantile rare unseen

                if usual = 0.0 then
                    raise (
                        ComponentException
                            "memorisation: the real samples are training samples themselves; evaluate on a split that was not trained on"
                    )

                show options context neighbours distances

                let copies =
                    distances
                    |> Array.averageBy (fun distance -> if distance <= near then 1.0 else 0.0)

                [|
                    MetricValue(named "memorisation", Summary.median distances / usual)
                    MetricValue(named "near-copies", copies)
                |]
        }
