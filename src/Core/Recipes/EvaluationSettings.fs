namespace PluginGan.Core

open System.Collections.Generic

/// How a run is evaluated.
type EvaluationSettings =
    {
        /// The real samples to compare with; null for the training data.
        Dataset: ComponentChoice | null
        /// Feature extractors with other options than their defaults; an evaluator that names one gets it so.
        Extractors: IReadOnlyList<ComponentChoice>
        /// How many samples are generated and compared, at least 1.
        Samples: int
        /// Whether an evaluation early in the run gives later ones something to compare with.
        Baseline: bool
        /// Whether real samples are also measured against other real samples: what a perfect generator would reach.
        Floor: bool
        /// How many random halves of the samples are measured for the intervals of the scores; 0 for no intervals.
        Resamples: int
    }
