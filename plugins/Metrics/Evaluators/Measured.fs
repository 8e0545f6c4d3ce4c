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
            raise (
                ComponentException(
                    $"{evaluator}: the extractor '{extractor}' does not classify; "
                    + "name one that does, such as classifier, which learns images with classes"
                )
            )

    /// The spec of image data; a ComponentException in the evaluator's name refuses other data.
    let images (evaluator: string) (context: EvaluationContext) =
        match context.Data.Sample with
        | :? ImageSpec as images -> images
        | other -> raise (ComponentException $"{evaluator} takes images, but the data is {other}")
