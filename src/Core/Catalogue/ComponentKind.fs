namespace PluginGan.Core

/// What a component is for.
type ComponentKind =
    /// Yields samples.
    | Dataset = 0
    /// Builds the networks.
    | Architecture = 1
    /// What discriminator and generator minimise.
    | Loss = 2
    /// A game with phases or networks of its own.
    | Objective = 3
    /// A term added to a loss.
    | Regularizer = 4
    /// A change of samples before the discriminator.
    | Augmentation = 5
    /// Turns samples into features for evaluators.
    | FeatureExtractor = 6
    /// Measures generated samples.
    | Evaluator = 7
    /// Moves the weights of a network.
    | Optimizer = 8

module internal ComponentKind =

    /// The kind in words: "a {noun}".
    let noun kind =
        match kind with
        | ComponentKind.Dataset -> "dataset"
        | ComponentKind.Architecture -> "architecture"
        | ComponentKind.Loss -> "loss"
        | ComponentKind.Objective -> "objective"
        | ComponentKind.Regularizer -> "regularizer"
        | ComponentKind.Augmentation -> "augmentation"
        | ComponentKind.FeatureExtractor -> "feature extractor"
        | ComponentKind.Evaluator -> "evaluator"
        | _ -> "optimizer"

    /// "a loss", "an architecture".
    let withArticle kind =
        let word = noun kind

        if "aeiou".Contains word[0] then
            $"an {word}"
        else
            $"a {word}"

    /// Several of the kind, in words.
    let plural kind =
        match kind with
        | ComponentKind.Loss -> "losses"
        | _ -> noun kind + "s"

    /// The key of a recipe under which the kind is named; none for feature extractors, which evaluators ask for, and for optimizers,
    /// which stand within the training.
    let key kind =
        match kind with
        | ComponentKind.FeatureExtractor
        | ComponentKind.Optimizer -> None
        | ComponentKind.Regularizer
        | ComponentKind.Augmentation
        | ComponentKind.Evaluator -> Some(plural kind)
        | _ -> Some(noun kind)
