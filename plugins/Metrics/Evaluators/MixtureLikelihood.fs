namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type MixtureLikelihoodOptions() =
    inherit ModeCoverageOptions()

    [<Range(1, 100)>]
    [<Description("How often the mixture is fitted to the generated samples, from different beginnings; the likeliest counts.")>]
    member val Restarts = 10 with get, set

/// How likely generated samples are under the mixture that the data comes from, and real samples under a mixture fitted to the generated ones
/// (CTGAN, arXiv:1907.00503, section 5.1).
module MixtureLikelihood =

    let private name = "mixture-likelihood"

    let private truth (options: ModeCoverageOptions) size =
        let centres = KnownModes.centres name options size
        let variance = KnownModes.deviation name options ** 2.0

        {
            Shares = torch.ones (int64 centres.Length, dtype = torch.float64) / float centres.Length
            Means = torch.tensor (Array2D.init centres.Length size (fun mode axis -> centres[mode][axis]))
            Covariances = (torch.eye (size, dtype = torch.float64) * variance).expand(int64 centres.Length, int64 size, int64 size)
        }

    let private points (context: EvaluationContext) set what =
        let samples = (context.Samples set).``to`` torch.float64
        Require.atLeast 2L what samples
        Require.finite what samples
        samples

    let evaluator (options: MixtureLikelihoodOptions) =
        { new Evaluator() with
            // It would fit the mixture again for each half.
            override _.IsResampled = false

            override _.Metrics =
                [|
                    MetricInfo(
                        "likelihood-generated",
                        "Mean log-likelihood of generated samples under the true mixture, in nats (L_syn): above likelihood-ideal where they keep to the middles of the modes.",
                        MetricDirection.NearReference,
                        Reference = "likelihood-ideal"
                    )
                    MetricInfo(
                        "likelihood-real",
                        "Mean log-likelihood of real samples under a mixture fitted to the generated ones, in nats (L_test): low where modes are lost.",
                        MetricDirection.Higher
                    )
                    MetricInfo(
                        "likelihood-ideal",
                        "Mean log-likelihood of real samples under the true mixture, in nats: what the others should reach.",
                        MetricDirection.None
                    )
                |]

            override _.Evaluate context =
                use _ = torch.NewDisposeScope()
                let truth = truth options (KnownModes.size name context.Data)

                let generated, real =
                    points context SampleSet.Generated "generated samples", points context SampleSet.Real "real samples"

                Require.varied "generated samples" generated

                let fitted =
                    GaussianMixture.fit generated (int truth.Shares.shape[0]) options.Restarts (context.Seed name)

                [|
                    MetricValue("likelihood-generated", GaussianMixture.logLikelihood truth generated)
                    MetricValue("likelihood-real", GaussianMixture.logLikelihood fitted real)
                    MetricValue("likelihood-ideal", GaussianMixture.logLikelihood truth real)
                |]
        }
