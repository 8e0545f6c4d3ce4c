namespace PluginGan.Core

open System

/// What a run may be called: its name becomes part of the name of its folder.
[<AbstractClass; Sealed>]
type RunName =

    /// The most characters: file systems take 255 for a whole name.
    static member Longest = 100

    /// <summary>What is wrong with a name, as the end of a sentence about it; null where nothing is.</summary>
    /// <param name="name">The name.</param>
    static member Fault(name: string) : string | null =
        let fits letter =
            Char.IsAsciiLetterOrDigit letter || letter = '-' || letter = '_' || letter = '.'

        let right = "use letters, digits, '-', '_' and '.'"

        if name = "" then
            $"is empty; {right}"
        elif not (Seq.forall fits name) then
            $"'{Shown.short name}' cannot name a run's folder; {right}"
        elif name.Length > RunName.Longest then
            $"'{Shown.short name}' is too long for a run's folder; use at most {RunName.Longest} characters"
        else
            null
