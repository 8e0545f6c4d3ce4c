namespace PluginGan.Core

open System
open System.Collections.Generic

/// What type of value an option takes.
type OptionKind =
    /// true or false.
    | Boolean = 0
    /// A whole number.
    | Integer = 1
    /// A number.
    | Number = 2
    /// Text.
    | Text = 3
    /// One of a list of names.
    | Choice = 4
    /// A number that may follow a schedule.
    | Schedule = 5
    /// A dataset with its options.
    | Dataset = 6
    /// A file or folder, made absolute where a recipe gives a relative path.
    | Path = 7

/// One option of a component, as the host finds it in the component's options class. Serialises with System.Text.Json.
type OptionDescription =
    {
        /// The key in a recipe, in camelCase.
        Name: string
        /// The type of the value, or of each entry where IsList.
        Kind: OptionKind
        /// Whether the value is a list.
        IsList: bool
        /// The valid names where Kind is Choice, else empty.
        Choices: IReadOnlyList<string>
        /// What holds where a recipe gives nothing, as JSON text; "null" for nothing.
        Default: string
        /// The smallest valid number, or null.
        Minimum: Nullable<float>
        /// The largest valid number, or null.
        Maximum: Nullable<float>
        /// Whether Minimum itself is too small.
        AboveMinimum: bool
        /// Whether Maximum itself is too large.
        BelowMaximum: bool
        /// Whether a recipe must give it.
        Required: bool
        /// One sentence for the user; may be empty.
        Description: string
    }
