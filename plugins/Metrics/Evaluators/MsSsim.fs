namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type MsSsimOptions() =
    [<Range(1, 1000000)>]
    [<Description("Random pairs of images that are compared; all pairs where there are not more.")>]
    member val Pairs = 1000 with get, set

/// How much alike generated images are (arXiv:1610.09585).
module MsSsim =

    /// Values in the first images of a chunk: bounds the memory.
    let private chunk = 1 <<< 20

    let private similarity (options: MsSsimOptions) (context: EvaluationContext) (images: ImageSpec) set =
        let count = int (context.Count set)
        Require.enough 2L "images to pair" count
        let pairs = Shuffle.pairs (context.Seed "ms-ssim") count options.Pairs
        let size = images.Channels * images.Height * images.Width

        pairs
        |> Array.chunkBySize (max 1 (chunk / size))
        |> Array.collect (fun pairs ->
            use _ = torch.NewDisposeScope()
            context.CancellationToken.ThrowIfCancellationRequested()
            let first = context.Samples(set, [| for struct (row, _) in pairs -> row |])
            let second = context.Samples(set, [| for struct (_, row) in pairs -> row |])
            StructuralSimilarity.ofPairs first second)
        |> Summary.mean

    let evaluator (options: MsSsimOptions) =
        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo(
                        "ms-ssim",
                        "Structural similarity of random pairs of generated images, up to 1: above that of real images they vary too little.",
                        false
                    )
                    MetricInfo("ms-ssim-real", "The same of real images.", false)
                    MetricInfo(
                        "ms-ssim-scales",
                        "Scales that the size of the images allowed, 1 to 5: values are comparable at equal ones only.",
                        true
                    )
                |]

            override _.Evaluate context =
                let images = Measured.images "ms-ssim" context

                [|
                    MetricValue("ms-ssim", similarity options context images SampleSet.Generated)
                    MetricValue("ms-ssim-real", similarity options context images SampleSet.Real)
                    MetricValue("ms-ssim-scales", StructuralSimilarity.scales images.Height images.Width)
                |]
        }
