namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

/// How the modes of a mixture lie.
type ModeLayout =
    /// On a circle around the origin.
    | Ring = 0
    /// On a square lattice around the origin.
    | Grid = 1
    /// At given points.
    | Points = 2

type ModeCoverageOptions() =
    [<Description("Modes on a circle (modes, radius), on a square lattice (side, spacing), or at given points (centres).")>]
    member val Layout = ModeLayout.Ring with get, set

    [<Range(1, 100000)>]
    [<Description("Of a ring: how many modes, from (radius, 0) on.")>]
    member val Modes = 8 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("Of a ring: its radius.")>]
    member val Radius = 1.0 with get, set

    [<Range(1, 1000)>]
    [<Description("Of a grid: modes along each side.")>]
    member val Side = 5 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("Of a grid: from one mode to the next.")>]
    member val Spacing = 2.0 with get, set

    [<Description("Of points: the coordinates of the modes, one mode after the other.")>]
    member val Centres: float[] = [||] with get, set

    [<Range(0.0, 1e6)>]
    [<Description("The standard deviation of each mode; 0 takes that of the literature, 0.01 for a ring and 0.05 for a grid.")>]
    member val Deviation = 0.0 with get, set

/// Which modes of a known mixture are generated, and how precisely (VEEGAN, arXiv:1705.07761; PacGAN, arXiv:1712.04086).
module ModeCoverage =

    let private refuse reason =
        raise (ComponentException $"mode-coverage: {reason}")

    let private deviation (options: ModeCoverageOptions) =
        match options.Layout with
        | _ when options.Deviation > 0.0 -> options.Deviation
        | ModeLayout.Ring -> 0.01
        | ModeLayout.Grid -> 0.05
        | _ -> refuse "the layout 'points' needs a 'deviation' above 0"

    let private centres (options: ModeCoverageOptions) (size: int) =
        let planar (modes: float[][]) =
            if size <> 2 then
                refuse $"a ring or grid has points of 2 coordinates and the data has {size}; give 'centres' with the layout 'points'"

            modes

        match options.Layout with
        | ModeLayout.Ring -> planar (Modes.ring options.Modes options.Radius)
        | ModeLayout.Grid -> planar (Modes.grid options.Side options.Spacing)
        | _ ->
            if options.Centres.Length = 0 || options.Centres.Length % size <> 0 then
                refuse $"'centres' holds {options.Centres.Length} numbers, and the layout 'points' needs {size} for each mode"

            Array.chunkBySize size options.Centres

    let evaluator (options: ModeCoverageOptions) =
        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo(
                        "high-quality",
                        "Share of generated samples within 3 standard deviations of a mode, 0 to 1; clearly above real data the modes have shrunk.",
                        true
                    )
                    MetricInfo("modes", "Modes with at least one such sample.", true)
                    MetricInfo(
                        "mode-kl",
                        "Divergence of the shares of samples nearest to each mode from equal shares (\"reverse KL\"), in nats: 0 to the logarithm of the number of modes.",
                        false
                    )
                |]

            override _.Evaluate context =
                let size =
                    match context.Data.Sample with
                    | :? VectorSpec as vectors -> vectors.Size
                    | other -> refuse $"it takes vectors, but the data is {other}"

                let centres = centres options size

                use places =
                    torch.tensor (Array2D.init centres.Length size (fun mode axis -> centres[mode][axis]))

                let samples =
                    Points.OfTensor("generated samples", context.Samples SampleSet.Generated)

                let nearest, distances =
                    Neighbours.nearest 1 samples (Points.OfTensor("modes", places))

                let modes = nearest |> Array.map Array.head

                let close =
                    distances |> Array.map (fun distance -> distance[0] <= 3.0 * deviation options)

                let hit =
                    Array.zip modes close
                    |> Seq.filter snd
                    |> Seq.map fst
                    |> Modes.counts centres.Length

                [|
                    MetricValue("high-quality", float (Array.sum hit) / float modes.Length)
                    MetricValue("modes", float (Modes.found hit))
                    MetricValue("mode-kl", Modes.divergence (Modes.counts centres.Length modes))
                |]
        }
