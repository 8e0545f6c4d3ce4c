namespace PluginGan.Core

open System
open System.Collections.Generic

/// <summary>
/// Thrown where a recipe cannot be carried out. It holds everything that is wrong, not just the first thing, and its message has a line
/// for each.
/// </summary>
/// <param name="errors">At least one.</param>
type RecipeException(errors: IReadOnlyList<RecipeError>) =
    inherit Exception(errors |> Seq.map string |> String.concat "\n")

    /// Everything that is wrong.
    member _.Errors = errors
