namespace PluginGan.Plugins.Metrics

open System
open System.ComponentModel
open System.ComponentModel.DataAnnotations
open System.Text.RegularExpressions
open PluginGan

type SequenceValidityOptions() =
    [<Required>]
    [<Description("A regular expression that a valid sequence matches from its first symbol to its last, padding included.")>]
    member val Pattern = "" with get, set

/// How many generated sequences are of a form, and whether they differ.
module SequenceValidity =

    let private name = "sequence-validity"

    let private refuse reason =
        raise (ComponentException $"{name}: {reason}")

    /// Matching takes time linear in the sequence, whatever the expression.
    let private compile (pattern: string) =
        try
            Regex($"\\A(?:{pattern})\\z", RegexOptions.NonBacktracking ||| RegexOptions.CultureInvariant)
        with
        | :? ArgumentException as error -> refuse $"'pattern' is no regular expression: {error.Message}"
        | :? NotSupportedException ->
            refuse
                "'pattern' looks around or back (such as \\1 or (?=...)), which would take endless time on some sequences; write it without"

    let evaluator (options: SequenceValidityOptions) =
        let pattern = compile options.Pattern

        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo("valid-sequences", "Share of generated sequences that match the expression, 0 to 1.", MetricDirection.Higher)
                    MetricInfo(
                        "distinct-sequences",
                        "Share of different ones among the generated sequences, above 0 to 1; compare with that of real ones.",
                        MetricDirection.NearReference
                    )
                |]

            override _.Evaluate context =
                let spec =
                    match context.Data.Sample with
                    | :? SequenceSpec as sequences -> sequences
                    | other -> refuse $"it takes sequences, but the data is {other}"

                let samples = context.Samples SampleSet.Generated
                Require.finite "generated sequences" samples
                use symbols = samples.argmax(-1L).contiguous()
                Require.varied "generated sequences" symbols

                let sequences =
                    symbols.data<int64>().ToArray()
                    |> Array.chunkBySize spec.Length
                    |> Array.map (fun sequence -> String.Join("", sequence |> Array.map (fun symbol -> spec.Alphabet[int symbol])))

                let share count = float count / float sequences.Length

                [|
                    MetricValue("valid-sequences", sequences |> Array.filter pattern.IsMatch |> Array.length |> share)
                    MetricValue("distinct-sequences", sequences |> Array.distinct |> Array.length |> share)
                |]
        }
