namespace PluginGan.Core

open System.Collections.Generic
open System.Text.Json

/// A component that a recipe names, with its options. Two are equal if path, name and option values are.
[<CustomEquality; NoComparison>]
type ComponentChoice =
    {
        /// Where the recipe names it: a JSON path such as "regularizers[0]".
        Path: string
        /// Its name within its kind.
        Name: string
        /// Its options by name; in a composed recipe with every default filled in, except those that are nothing.
        Options: IReadOnlyDictionary<string, JsonElement>
    }

    /// The same choice, named elsewhere.
    member this.At(path: string) = { this with Path = path }

    /// Whether path, name and option values are equal.
    override this.Equals other =
        match other with
        | :? ComponentChoice as other ->
            let same (option: KeyValuePair<string, JsonElement>) =
                match other.Options.TryGetValue option.Key with
                | true, value -> JsonElement.DeepEquals(option.Value, value)
                | _ -> false

            this.Path = other.Path
            && this.Name = other.Name
            && this.Options.Count = other.Options.Count
            && Seq.forall same this.Options
        | _ -> false

    /// Agrees with equality.
    override this.GetHashCode() =
        hash (this.Path, this.Name, this.Options.Count)
