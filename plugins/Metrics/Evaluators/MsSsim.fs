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
        Require.finite "images" (context.Samples set)
        let pairs = Shuffle.pairs (context.Seed "ms-ssim") count options.Pairs
        let size = images.Channels * images.Height * images.Width

        let chunks = pairs |> Array.chunkBySize (max 1 (chunk / size))

        chunks
        |> Array.mapi (fun number pairs ->
            use _ = torch.NewDisposeScope()
            context.ReportProgress(number, chunks.Length)
            context.CancellationToken.ThrowIfCancellationRequested()
            let first = context.Samples(set, [| for struct (row, _) in pairs -> row |])
            let second = context.Samples(set, [| for struct (_, row) in pairs -> row |])
            StructuralSimilarity.ofPairs first second)
        |> Array.concat
        |> Summary.mean

    /// From here on real images do not differ as far as the measure can tell.
    let private same = 1.0 - 1e-9

    let evaluator (options: MsSsimOptions) =
        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo(
                        "ms-ssim",
                        "Structural similarity of random pairs of generated images, up to 1: above that of real images they vary too little.",
                        MetricDirection.NearReference,
                        Reference = "ms-ssim-real"
                    )
                    MetricInfo("ms-ssim-real", "The same of real images.", MetricDirection.None)
                    MetricInfo(
                        "ms-ssim-scales",
                        "Scales that the size of the images allowed, 1 to 5: values are comparable at equal ones only.",
                        MetricDirection.None
                    )
                |]

            override _.Evaluate context =
                let images = Measured.images "ms-ssim" context
                let real = similarity options context images SampleSet.Real

                if real > same then
                    raise (
                        ComponentException
                            "ms-ssim: the real images do not differ visibly, so they are no reference for generated ones: use other real images"
                    )

                [|
                    MetricValue("ms-ssim", similarity options context images SampleSet.Generated)
                    MetricValue("ms-ssim-real", real)
                    MetricValue("ms-ssim-scales", StructuralSimilarity.scales images.Height images.Width)
                |]
        }
