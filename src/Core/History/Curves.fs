namespace PluginGan.Core

open System
open System.Collections.Generic

/// The scalars of a run as curves, those of one meaning and one scale together.
[<AbstractClass; Sealed>]
type Curves =

    /// In the order in which a person reads them: how the game stands, then what it consists of, then what moves the weights.
    static member private Kinds =
        let ends (ending: string) (name: string) =
            name.EndsWith($"/{ending}", StringComparison.Ordinal)

        let starts (beginning: string) (name: string) =
            name.StartsWith($"{beginning}/", StringComparison.Ordinal)

        [
            "Losses", "What each phase of the game minimises.", ends "loss"
            "Verdicts",
            "The discriminator's mean output for real and for generated samples.",
            (fun name -> ends "real" name || ends "fake" name)
            "Separation",
            "How often the discriminator prefers the real one of a pair: 0.5 by chance, 1 where it tells all apart.",
            ends "separation"
            "Diversity",
            "The spread of generated samples over that of real ones, of features (diversity) and of the samples (spread): about 1 where they are alike, 0 where all are one.",
            (fun name -> ends "diversity" name || ends "spread" name)
            "Gradient norms", "Of each network in training, before clipping.", starts "gradient"
            "Weight norms", "Of each network in training.", starts "weights"
            "Masked updates", "The share of updates that were left out since a gradient was not finite.", starts "masked"
            "Terms of the losses", "Penalties and what else components report.", (fun name -> name.Contains '/')
            "Other scalars", "", (fun _ -> true)
        ]

    /// <summary>All scalars of a run in groups; none is empty.</summary>
    /// <param name="history">The scalars in order.</param>
    /// <param name="buckets">A group that is longer than twice this is thinned out by <see cref="M:PluginGan.Core.Downsampling.Extremes" />, for all of its curves at once.</param>
    static member Of(history: IReadOnlyList<ScalarEntry>, buckets: int) : IReadOnlyList<CurveGroup> =
        let value name (entry: ScalarEntry) =
            match entry.Values.TryGetValue name with
            | true, value -> Nullable value
            | _ -> Nullable()

        let group (title, about) (names: string list) =
            let measured =
                history
                |> Seq.filter (fun entry -> names |> List.exists entry.Values.ContainsKey)
                |> Array.ofSeq

            let whole = [ for name in names -> name, Array.map (value name) measured ]

            let kept =
                [ for _, values in whole -> Downsampling.Extremes(values, buckets) ]
                |> Seq.concat
                |> Seq.distinct
                |> Seq.sort
                |> Array.ofSeq

            {
                Title = title
                About = about
                Iterations = kept |> Array.map (fun position -> measured[position].Iteration)
                Curves =
                    [|
                        for name, values in whole ->
                            {
                                Name = name
                                Values = kept |> Array.map (Array.get values)
                            }
                    |]
            }

        let kindOf name =
            Curves.Kinds |> List.findIndex (fun (_, _, belongs) -> belongs name)

        let names =
            history
            |> Seq.collect _.Values.Keys
            |> Seq.distinct
            |> Seq.sortWith (fun one other -> String.CompareOrdinal(one, other))
            |> List.ofSeq
            |> List.groupBy kindOf
            |> List.sortBy fst

        [|
            for kind, names in names do
                let title, about, _ = Curves.Kinds[kind]
                group (title, about) names
        |]
