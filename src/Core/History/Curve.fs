namespace PluginGan.Core

open System
open System.Collections.Generic

/// How one scalar moved.
type Curve =
    {
        /// The scalar's name.
        Name: string
        /// Its value at each iteration of the group. Null where it was not measured; NaN and infinities are kept.
        Values: IReadOnlyList<Nullable<float>>
    }

/// Scalars that are looked at together, on one axis.
type CurveGroup =
    {
        /// What they are, in a word or two.
        Title: string
        /// What they tell: a sentence, or empty.
        About: string
        /// The iterations, ascending.
        Iterations: IReadOnlyList<int64>
        /// The scalars by name.
        Curves: IReadOnlyList<Curve>
    }
