namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

type StackedModesOptions() =
    [<Required>]
    [<Description("The feature extractor that classifies each channel; its logits stand channel after channel.")>]
    member val Extractor = "channel-classifier" with get, set

/// Mode coverage on images that are stacked as channels (VEEGAN, arXiv:1705.07761): every combination of classes is a mode.
module StackedModes =

    /// The most modes that are counted.
    let private most = 100_000_000.0

    /// The mode of each sample: its channels' classes as digits, the first channel's first.
    let private modes (classes: int) (channels: int) (verdicts: int64[]) =
        verdicts
        |> Array.chunkBySize channels
        |> Array.map (Array.fold (fun mode label -> mode * classes + int label) 0)

    let evaluator (options: StackedModesOptions) =
        let named = Measured.under options.Extractor

        { new Evaluator() with
            override _.Extractors = [| options.Extractor |]

            override _.Metrics =
                [|
                    MetricInfo(
                        named "stacked-modes",
                        "Combinations of classes, one for each channel, that at least one generated sample shows.",
                        MetricDirection.Higher
                    )
                    MetricInfo(
                        named "stacked-kl",
                        "Divergence of the shares of all combinations from equal shares, in nats; perfect samples reach about half the number of combinations over that of samples.",
                        MetricDirection.Lower
                    )
                |]

            override _.Evaluate context =
                let channels = (Measured.images "stacked-modes" context).Channels

                let logits =
                    Measured.logits "stacked-modes" context SampleSet.Generated options.Extractor

                let classes = int logits.shape[1] / channels

                if
                    int logits.shape[1] <> classes * channels
                    || float classes ** float channels > most
                then
                    raise (
                        ComponentException
                            $"stacked-modes: the extractor '{options.Extractor}' gives {logits.shape[1]} logits, which are no classes for each of {channels} channels; name one that classifies channel by channel"
                    )

                Require.atLeast 2L "class logits of generated samples" logits
                use each = logits.reshape (-1L, int64 classes)
                let verdicts, _ = Classification.verdicts "class logits of generated samples" each
                let counts = modes classes channels verdicts |> Modes.counts (pown classes channels)

                [|
                    MetricValue(named "stacked-modes", float (Modes.found counts))
                    MetricValue(named "stacked-kl", Modes.divergence counts)
                |]
        }
