namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp

type DiscriminativeScoreOptions() =
    [<Range(1, 1000000)>]
    [<Description("Updates of the classifier.")>]
    member val Updates = 1000 with get, set

    [<Range(2, 10000)>]
    [<Description("Pairs of a real and a generated sample in a batch.")>]
    member val Batch = 128 with get, set

    [<Range(0.0, 1.0, MinimumIsExclusive = true)>]
    [<Description("The learning rate at the start.")>]
    member val Rate = 5e-3 with get, set

    [<Range(1, 1024)>]
    [<Description("The width of the classifier's hidden layers.")>]
    member val Width = 32 with get, set

    [<Range(0.1, 0.9)>]
    [<Description("The share of the samples that the classifier is not trained on, and is scored by.")>]
    member val Held = 0.2 with get, set

/// The discriminative score of TimeGAN (Yoon, Jarrett, van der Schaar, NeurIPS 2019, section 5): a classifier is trained to tell generated samples from
/// real ones, and |accuracy - 1/2| on samples that it has not seen is what is left to improve.
module DiscriminativeScore =

    let private name = "discriminative-score"

    let private refuse reason =
        raise (ComponentException $"{name} {reason}")

    /// Whether the samples have steps.
    let private steps (context: EvaluationContext) =
        match context.Data.Sample.Kind with
        | SampleKind.Series
        | SampleKind.Sequence -> true
        | SampleKind.Table
        | SampleKind.Vector -> false
        | _ -> refuse $"takes series, sequences, tables or vectors, but the data is {context.Data.Sample}; images have fid and kid"

    /// The share of held-out rows whose kind the classifier tells, the mean of both kinds: real ones by a positive verdict. One that says the
    /// same of all samples has not measured that they are alike.
    let private accuracy (network: SampleClassifier) (real: torch.Tensor) (generated: torch.Tensor) =
        use _ = torch.no_grad ()
        let verdicts = [| network.call real; network.call generated |]

        if verdicts |> Array.exists (fun part -> not (part.isfinite().all().item<bool>())) then
            refuse "has no result, since its classifier gives verdicts that are NaN or infinite: lower 'rate'"

        let positive = verdicts |> Array.map (fun part -> part.gt(0.0.ToScalar()).sum().item<int64>())
        let count = real.shape[0] + generated.shape[0]

        if Array.sum positive = 0L || Array.sum positive = count then
            refuse (
                $"has no result, since its classifier gives all {count} samples held out the same verdict: "
                + "raise 'updates', lower 'rate', or evaluate on more samples"
            )

        (float positive[0] / float real.shape[0] + 1.0 - float positive[1] / float generated.shape[0]) / 2.0

    let evaluator (options: DiscriminativeScoreOptions) =
        { new Evaluator() with
            override _.IsResampled = false

            override _.Metrics =
                [|
                    MetricInfo(
                        name,
                        "|accuracy - 0.5| of a classifier of real and generated samples on held-out ones: 0 where they cannot be told apart, to 0.5.",
                        MetricDirection.Lower
                    )
                |]

            override _.Evaluate context =
                use _ = torch.NewDisposeScope()
                let steps = steps context

                let real, generated =
                    context.Samples SampleSet.Real, context.Samples SampleSet.Generated

                Require.finite "real samples" real
                Require.finite "generated samples" generated
                let count = int (min real.shape[0] generated.shape[0])

                let requireEnough learnt held =
                    if learnt < 2 || held < 1 then
                        refuse (
                            $"holds {options.Held} of {count} real and as many generated samples back, equal ones on one side, which leaves too few "
                            + $"({learnt} of a kind to learn from, {held} held out): evaluate on more samples, or change 'held'"
                        )

                let wanted = int (round (options.Held * float count))
                requireEnough (count - wanted) wanted

                // In random order, as many of both.
                let some (samples: torch.Tensor) purpose =
                    let rows =
                        Shuffle.subset (context.Seed $"{name}/{purpose}") (int samples.shape[0]) count

                    samples.index_select (0L, torch.tensor rows)

                let struct (real, generated) =
                    Standardisation.apart (some real "real") (some generated "generated")

                let parts = HeldOut.split (context.Seed $"{name}/held") options.Held real generated

                requireEnough
                    (min parts.RealTraining.Length parts.GeneratedTraining.Length)
                    (min parts.RealHeld.Length parts.GeneratedHeld.Length)

                // Real beside generated, [N, 2, ...]: a classifier needs no labels then, and sees as many of both. Where one kind has fewer, its
                // first rows come twice.
                let longest = max parts.RealTraining.Length parts.GeneratedTraining.Length

                let filled (samples: torch.Tensor) (rows: int64[]) =
                    samples.index_select (0L, torch.tensor (Array.init longest (fun place -> rows[place % rows.Length])))

                let training =
                    torch.stack ([| filled real parts.RealTraining; filled generated parts.GeneratedTraining |], 1L)

                torch.manual_seed (int64 (context.Seed $"{name}/weights")) |> ignore

                use network =
                    new SampleClassifier(steps, real.shape[real.shape.Length - 1], options.Width)

                let loss (batch: Batch) =
                    let real = network.call (batch.Samples.select (1L, 0L))
                    let generated = network.call (batch.Samples.select (1L, 1L))
                    -(real.log_sigmoid().mean() + generated.neg().log_sigmoid().mean())

                let size = min options.Batch longest
                let epochs = max 1 (options.Updates * size / longest)
                context.Fit(Fitting(network, loss, FitSettings(epochs, size, options.Rate)), new Batch(training), name)
                let held (samples: torch.Tensor) (rows: int64[]) = samples.index_select (0L, torch.tensor rows)
                let found = accuracy network (held real parts.RealHeld) (held generated parts.GeneratedHeld)
                [| MetricValue(name, abs (found - 0.5)) |]
        }
