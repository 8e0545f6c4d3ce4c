namespace PluginGan.Core

/// What a change of a recipe means to a run that has been trained by it.
type RecipeChangeKind =
    /// What was learned stays what it was: the length of the run, what is logged, measured and kept.
    | Harmless = 0
    /// The run can go on, but as one that no single recipe describes: learning rates, the loss, options. For those who insist.
    | Doubtful = 1
    /// The checkpoint is of another run: its weights do not fit, or what has been counted would be wrong.
    | Impossible = 2

/// One difference between the recipe that a checkpoint was made with and the one that a run is to go on with.
type RecipeChange =
    {
        /// The JSON path, such as "training.batch".
        Path: string
        /// The value that the checkpoint was made with, as JSON.
        Was: string
        /// The value now, as JSON.
        Is: string
        /// What it means.
        Kind: RecipeChangeKind
    }

    /// "path: was X, is Y".
    override this.ToString() =
        $"{this.Path}: was {this.Was}, is {this.Is}"
