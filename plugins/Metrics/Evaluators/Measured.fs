namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp

/// What evaluators have in common.
module internal Measured =

    /// A metric's name with the extractor that its value depends on.
    let under (extractor: string) (metric: string) = $"{metric}[{extractor}]"

    let features (context: EvaluationContext) set extractor : torch.Tensor =
        context.Features(set, extractor).Features

    /// The features of a set as points for distances.
    let points (context: EvaluationContext) set extractor =
        let what =
            match set with
            | SampleSet.Real -> "features of real samples"
            | SampleSet.Generated -> "features of generated samples"
            | _ -> "features of training samples"

        Points.OfTensor(what, features context set extractor)

    /// The class logits of a set; a ComponentException in the evaluator's name refuses an extractor that has none.
    let logits (evaluator: string) (context: EvaluationContext) set extractor : torch.Tensor =
        match context.Features(set, extractor).Logits with
        | NonNull logits -> logits
        | Null ->
            let remedy =
                match context.Data.Sample, context.Data.Condition with
                | (:? ImageSpec), (:? ClassCondition) -> "name one that does, such as classifier, which learns the classes of this data"
                | (:? ImageSpec), _ ->
                    "this data has no classes to learn, so name one that is trained already, such as torchscript with a classifier of your own, "
                    + $"or leave {evaluator} out"
                | _ -> $"those that do take images, and this data is {context.Data.Sample}: leave {evaluator} out"

            raise (ComponentException $"{evaluator}: the extractor '{extractor}' does not classify; {remedy}")

    /// The spec of image data; a ComponentException in the evaluator's name refuses other data.
    let images (evaluator: string) (context: EvaluationContext) =
        match context.Data.Sample with
        | :? ImageSpec as images -> images
        | other -> raise (ComponentException $"{evaluator} takes images, but the data is {other}")
