namespace PluginGan.Core

open System.Collections.Generic

/// All that a run is made of. Two recipes are equal if they say the same.
type Recipe =
    {
        /// The name that runs of the recipe carry.
        Name: string
        /// All randomness of a run follows from it.
        Seed: uint64
        /// The training data.
        Dataset: ComponentChoice
        /// Builds the networks.
        Architecture: ComponentChoice
        /// What discriminator and generator minimise; null where regularisers stand alone, or where the objective plays no adversarial game.
        Loss: ComponentChoice | null
        /// The game; null for the usual one of discriminator and generator.
        Objective: ComponentChoice | null
        /// The terms added to the loss, in order.
        Regularizers: IReadOnlyList<RegularizerChoice>
        /// What is done to samples before the discriminator, in order.
        Augmentations: IReadOnlyList<AugmentationChoice>
        /// How it trains.
        Training: TrainingSettings
        /// How it is evaluated.
        Evaluation: EvaluationSettings
        /// What measures it, in the order in which scores are shown.
        Evaluators: IReadOnlyList<ComponentChoice>
    }

    /// The same recipe with other settings of the training.
    member this.With(training: TrainingSettings) = { this with Training = training }

/// A component with what it is used for.
type ComponentUse =
    {
        /// What it is used as.
        Kind: ComponentKind
        /// Which one, with its options.
        Choice: ComponentChoice
    }
