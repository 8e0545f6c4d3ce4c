namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// A score of an evaluation, with what it is judged by.
type MeasuredScore =
    {
        /// The metric's name, with the extractor in brackets where it depends on one.
        Metric: string
        /// Which values are good; null where it is not known.
        Direction: Nullable<MetricDirection>
        /// The value.
        Value: float
        /// The score of real samples against real ones; null where it was not measured.
        Floor: Nullable<float>
    }

/// The scores of an evaluation that say first whether a model is good, and what is suspicious about them.
type Headline =
    {
        /// The metrics to show, in order: a distance, then recall with what stands beside it only.
        Metrics: IReadOnlyList<string>
        /// The density that is too high to be good; null where there is none.
        Crowded: string | null
        /// The recall or coverage that makes it suspicious; null where there is none.
        Lacking: string | null
    }

    /// Above so many times its floor a density is that of crowded samples,
    static member private CrowdedFrom = 1.5

    /// where less than this share of the data is generated.
    static member private LackingBelow = 0.1

    static member private Coarse = "random-projection"

    /// The name without the extractor.
    static member private Plain(metric: string) = metric.Split('[')[0]

    static member private Extractor(metric: string) =
        metric.Substring(Headline.Plain(metric).Length).Trim('[', ']')

    /// <summary>Whether the score compares samples in features that know nothing of what people see in them.</summary>
    static member IsCoarse(metric: string) =
        Headline.Extractor metric = Headline.Coarse

    /// <summary>Chooses from the scores of one evaluation.</summary>
    static member Of(scores: IReadOnlyList<MeasuredScore>) : Headline =
        let finite =
            scores |> Seq.filter (fun score -> Double.IsFinite score.Value) |> List.ofSeq

        let named names =
            finite
            |> List.filter (fun score -> List.contains (Headline.Plain score.Metric) names)

        // High for samples that are few and typical, whatever the model lacks: they stand beside recall only.
        let flattering = [ "precision"; "density" ]
        let shares = [ "recall"; "coverage" ]

        let judged =
            finite
            |> List.filter (fun score -> not (List.contains (Headline.Plain score.Metric) (flattering @ shares)))

        let rank (score: MeasuredScore) =
            match Option.ofNullable score.Direction, score.Floor.HasValue with
            | Some MetricDirection.Lower, true -> Some 0
            | Some MetricDirection.Lower, false -> Some 1
            | Some MetricDirection.Higher, true -> Some 2
            | Some MetricDirection.Higher, false -> Some 3
            | Some _, _ -> None
            // Of an older run the history tells no more than values.
            | None, _ -> Some 4

        let first =
            match judged |> List.filter (fun score -> (rank score).IsSome) with
            | [] -> []
            | ranked -> [ ranked |> List.minBy rank ]

        let beside (metric: string) name =
            named [ name ]
            |> List.tryFind (fun score -> Headline.Extractor score.Metric = Headline.Extractor metric)

        let recalled =
            named shares
            |> List.tryHead
            |> Option.map (fun share ->
                let precision =
                    if Headline.Plain share.Metric = "recall" then
                        beside share.Metric "precision"
                    else
                        None

                Option.toList precision @ [ share ])
            |> Option.defaultValue []

        let suspicion =
            named [ "density" ]
            |> List.tryPick (fun density ->
                let floor = if density.Floor.HasValue then density.Floor.Value else 1.0

                let lacking =
                    shares
                    |> List.choose (beside density.Metric)
                    |> List.tryHead
                    |> Option.filter (fun share -> share.Value < Headline.LackingBelow)

                match lacking with
                | Some share when density.Value > Headline.CrowdedFrom * floor -> Some(density.Metric, share.Metric)
                | _ -> None)

        {
            Metrics = [| for score in first @ recalled -> score.Metric |]
            Crowded = suspicion |> Option.map fst |> Option.toObj
            Lacking = suspicion |> Option.map snd |> Option.toObj
        }
