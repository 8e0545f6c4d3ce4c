namespace PluginGan.Plugins.Metrics

open System.Runtime.InteropServices
open TorchSharp

/// Positions of rows: those that a classifier learns from, and those that judge it.
type HeldOutRows =
    {
        RealTraining: int64[]
        GeneratedTraining: int64[]
        RealHeld: int64[]
        GeneratedHeld: int64[]
    }

/// Divides real and generated rows into training and held-out ones. Equal rows stay on one side, real and generated ones together: a
/// classifier that has learnt a row by heart would otherwise give its copy of the other kind the wrong label. A row with many copies is
/// divided in proportion instead, since how often it occurs is what tells the kinds apart then, as in tables of few categories.
module HeldOut =

    /// From so many copies on, real and generated ones together, a row is divided.
    let manyCopies = 50

    type private Copies =
        {
            Real: int64[]
            Generated: int64[]
        }

        member copies.Count = copies.Real.Length + copies.Generated.Length

    /// The bytes of each row of [N, ...] as a key: equal numbers give equal keys.
    let private keys (rows: torch.Tensor) =
        // -0 + 0 is 0.
        let flat =
            rows.detach().``to``(torch.float32).cpu().flatten(1L).add(0.0.ToScalar()).contiguous().data<float32>().ToArray()

        let width = flat.Length / int rows.shape[0]

        Array.init (int rows.shape[0]) (fun row ->
            System.String(MemoryMarshal.Cast<float32, char>(System.ReadOnlySpan(flat, row * width, width))))

    let private groups seed real generated =
        let positions keys =
            keys
            |> Array.mapi (fun position key -> struct (key, int64 position))
            |> Array.groupBy (fun struct (key, _) -> key)
            |> Array.map (fun (key: string, rows) -> key, rows |> Array.map (fun struct (_, position) -> position))

        let real, generated = positions (keys real), positions (keys generated)
        let ofReal, ofGenerated = dict real, dict generated

        let find (known: System.Collections.Generic.IDictionary<string, int64[]>) key =
            match known.TryGetValue key with
            | true, rows -> rows
            | _ -> [||]

        let all =
            [|
                for key, rows in real do
                    yield { Real = rows; Generated = find ofGenerated key }
                for key, rows in generated do
                    if not (ofReal.ContainsKey key) then
                        yield { Real = [||]; Generated = rows }
            |]

        Shuffle.subset seed all.Length all.Length |> Array.map (fun place -> all[int place])

    let private share held count = int (round (held * float count))

    /// Holds so large a share of the rows [N, ...] back. A ComponentException of the caller refuses sides that are too small.
    let split (seed: uint64) (held: float) (real: torch.Tensor) (generated: torch.Tensor) : HeldOutRows =
        let many, few =
            groups seed real generated |> Array.partition (fun copies -> copies.Count >= manyCopies)

        // Of each kind of group its own share, so that as many real as generated rows are held back.
        let whole =
            few
            |> Array.groupBy (fun copies -> copies.Real.Length > 0, copies.Generated.Length > 0)
            |> Array.collect (fun (_, alike) ->
                let wanted = alike |> Array.sumBy _.Count |> share held

                alike
                |> Array.mapFold
                    (fun taken copies ->
                        if taken + copies.Count <= wanted then
                            (copies, true), taken + copies.Count
                        else
                            (copies, false), taken)
                    0
                |> fst)

        let side isHeld (rows: Copies -> int64[]) =
            [|
                for copies, into in whole do
                    if into = isHeld then
                        yield! rows copies
                for copies in many do
                    let first, rest = rows copies |> Array.splitAt (share held (rows copies).Length)
                    yield! if isHeld then first else rest
            |]

        {
            RealTraining = side false _.Real
            GeneratedTraining = side false _.Generated
            RealHeld = side true _.Real
            GeneratedHeld = side true _.Generated
        }
