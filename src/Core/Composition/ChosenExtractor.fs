namespace PluginGan.Core

/// The feature extractor of evaluators that leave the choice to the data ("auto").
type ChosenExtractor =
    {
        /// Its component name.
        Name: string
        /// What decided it, as the end of a sentence that begins with "because".
        Reason: string
    }

    /// The sentence that a person reads before the run.
    override this.ToString() =
        $"feature extractor: {this.Name}, because {this.Reason}; an evaluator's option 'extractor' names another"
