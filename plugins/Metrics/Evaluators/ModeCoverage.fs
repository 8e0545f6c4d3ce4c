namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// Which modes of a known mixture are generated, and how precisely (VEEGAN, arXiv:1705.07761; PacGAN, arXiv:1712.04086).
module ModeCoverage =

    let private name = "mode-coverage"

    let evaluator (options: ModeCoverageOptions) =
        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo(
                        "high-quality",
                        "Share of generated samples within 3 standard deviations of a mode, 0 to 1; clearly above real data the modes have shrunk.",
                        MetricDirection.Higher
                    )
                    MetricInfo("modes", "Modes with at least one such sample.", MetricDirection.Higher)
                    MetricInfo(
                        "mode-kl",
                        "Divergence of the shares of samples nearest to each mode from equal shares (\"reverse KL\"), in nats: 0 to the logarithm of the number of modes.",
                        MetricDirection.Lower
                    )
                |]

            override _.Evaluate context =
                let size = KnownModes.size name context.Data
                let centres = KnownModes.centres name options size

                use places =
                    torch.tensor (Array2D.init centres.Length size (fun mode axis -> centres[mode][axis]))

                let samples =
                    Points.OfTensor("generated samples", context.Samples SampleSet.Generated)

                Points.RequireVaried "generated samples" samples

                let nearest, distances =
                    Neighbours.nearest 1 samples (Points.OfTensor("modes", places))

                let modes = nearest |> Array.map Array.head

                let close =
                    distances
                    |> Array.map (fun distance -> distance[0] <= 3.0 * KnownModes.deviation name options)

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
