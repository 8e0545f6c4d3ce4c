namespace PluginGan.Core

open System.Globalization

/// What a rule has to say of something that is wrong.
type internal Finding =
    {
        Evidence: string
        Remedy: string
        /// Factors for the learning rates of networks.
        Rates: (string * float) list
    }

/// What a rule says of a run at one point.
type internal Sign =
    /// There is nothing, and whatever there was is over.
    | Well
    /// Nothing new: what was ill still counts as ill, and what was well as well.
    | Unclear
    | Ill of Finding

module internal Sign =

    /// A number with two significant digits or three.
    let number (value: float) =
        value.ToString((if abs value >= 100.0 then "G3" else "G2"), CultureInfo.InvariantCulture)

    let percent (share: float) =
        (100.0 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %"

    /// "1/300 of" or "300 times".
    let ratio (value: float) (reference: float) =
        let whole (ratio: float) =
            ratio.ToString("0", CultureInfo.InvariantCulture)

        if value = 0.0 then
            "nothing of"
        elif abs value < abs reference then
            $"1/{whole (abs reference / abs value)} of"
        else
            $"{whole (abs value / abs reference)} times"

    /// The first of several signs that is ill, else well only where all are. Without any nothing is new.
    let gravest (signs: Sign list) =
        match signs |> List.tryFind _.IsIll with
        | Some ill -> ill
        | None when not signs.IsEmpty && signs |> List.forall _.IsWell -> Well
        | None -> Unclear

    /// Ill, well, or what lies between.
    let judge ill well finding =
        if ill then Ill(finding ())
        elif well then Well
        else Unclear
