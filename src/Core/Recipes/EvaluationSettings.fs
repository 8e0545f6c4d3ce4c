namespace PluginGan.Core

/// How a run is evaluated.
type EvaluationSettings =
    {
        /// The real samples to compare with; null for the training data.
        Dataset: ComponentChoice | null
        /// How many samples are generated and compared, at least 1.
        Samples: int
        /// Whether an evaluation early in the run gives later ones something to compare with.
        Baseline: bool
    }
