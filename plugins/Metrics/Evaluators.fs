namespace PluginGan.Plugins.Metrics

open Microsoft.Extensions.Logging
open PluginGan

/// Evaluators: the statistics of this plugin on what the host has generated and extracted.
module Evaluators =

    /// The Fréchet distance under an extractor. It warns where there are too few samples for the features: the covariance is
    /// singular then, and the distance biased upwards.
    let fid (options: FidOptions) (logger: ILogger) =
        let name = $"fid[{options.Extractor}]"

        { new Evaluator() with
            override _.Metrics =
                [|
                    MetricInfo(name, "Fréchet distance of real and generated features, from 0; comparable at equal sample counts.", false)
                |]

            override _.Evaluate context =
                let real = context.Features(SampleSet.Real, options.Extractor).Features
                let generated = context.Features(SampleSet.Generated, options.Extractor).Features
                let fewest, features = min real.shape[0] generated.shape[0], real.shape[1]

                if fewest <= features then
                    logger.LogWarning("{Metric} on {Samples} samples is unreliable: it needs more than {Features}", name, fewest, features)

                [| MetricValue(name, Frechet.distance real generated) |]
        }

    /// Whether all classes are generated, as they were asked for, and clearly.
    let classCoverage (options: ClassCoverageOptions) =
        let named metric = $"{metric}[{options.Extractor}]"
        let metric name summary = MetricInfo(named name, summary, true)

        let refuse reason =
            raise (ComponentException $"class-coverage: the extractor '{options.Extractor}' {reason}")

        let logits (context: EvaluationContext) set =
            match context.Features(set, options.Extractor).Logits with
            | NonNull logits -> logits
            | Null -> refuse "does not classify; name one that does, such as lenet-fashion"

        let agreement (context: EvaluationContext) (classes: int64) predicted =
            match context.Data.Condition, context.Conditions SampleSet.Generated with
            | (:? ClassCondition as asked), NonNull labels ->
                if int64 asked.Count <> classes then
                    refuse $"knows {classes} classes and the data has {asked.Count}; name one that was fitted on this data"

                Classification.agreement (labels.data<int64>().ToArray()) predicted
            | _ -> nan

        { new Evaluator() with
            override _.Metrics =
                [|
                    metric "agreement" "Share of generated samples classified as what they were asked to be; NaN without classes."
                    metric "coverage" $"Share of classes that at least {options.MinimumShare} of the generated samples fall into."
                    metric "min-class" "Share of generated samples in the rarest class; 1 over the number of classes at best."
                    metric "confident" $"Share of generated samples with a class probability of {options.Confidence} or more."
                    metric "confident-real" "The same share among real samples."
                    metric "confidence-ratio" "confident over confident-real: 1 where they are as clear as real ones; NaN over 0."
                |]

            override _.Evaluate context =
                let real = logits context SampleSet.Real
                let generated = logits context SampleSet.Generated

                let _, realProbabilities =
                    Classification.verdicts "class logits of real samples" real

                let predicted, probabilities =
                    Classification.verdicts "class logits of generated samples" generated

                let classes = generated.shape[1]
                let shares = Classification.shares (int classes) predicted
                let confident = Classification.confident options.Confidence probabilities
                let confidentReal = Classification.confident options.Confidence realProbabilities

                let ratio =
                    if confidentReal = 0.0 then
                        nan
                    else
                        confident / confidentReal

                [|
                    MetricValue(named "agreement", agreement context classes predicted)
                    MetricValue(named "coverage", Classification.coverage options.MinimumShare shares)
                    MetricValue(named "min-class", Array.min shares)
                    MetricValue(named "confident", confident)
                    MetricValue(named "confident-real", confidentReal)
                    MetricValue(named "confidence-ratio", ratio)
                |]
        }
