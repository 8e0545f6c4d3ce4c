namespace PluginGan.Core

open System

/// Which checkpoints of a run are kept. Each rule keeps some, and one that any of them keeps stays.
type RetentionSettings =
    {
        /// How many of the latest are kept, at least 1.
        Latest: int
        /// The metric by which the best is kept; null for none.
        Best: string | null
        /// The first after each so many thousands of real samples is kept; null for none.
        EveryKimg: Nullable<float>
    }

    /// <summary>The latest checkpoints and no others.</summary>
    /// <param name="count">How many, at least 1.</param>
    static member OfLatest(count: int) =
        {
            Latest = count
            Best = null
            EveryKimg = Nullable()
        }
