namespace PluginGan.Core

open System

/// What somebody wrote, as a message shows it: on one line, the start of what is long.
module internal Shown =

    let private longest = 100

    let private visible (text: string) =
        text
        |> String.map (fun letter -> if Char.IsControl letter then '\uFFFD' else letter)

    let short (text: string) =
        if text.Length <= longest then
            visible text
        else
            // Not in the midst of a pair of surrogates.
            let kept =
                if Char.IsHighSurrogate text[longest - 1] then
                    longest - 1
                else
                    longest

            $"{visible (text.Substring(0, kept))}… ({text.Length} characters)"
