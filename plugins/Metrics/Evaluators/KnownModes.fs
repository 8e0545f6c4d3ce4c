namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan

/// How the modes of a mixture lie.
type ModeLayout =
    /// On a circle around the origin.
    | Ring = 0
    /// On a square lattice around the origin.
    | Grid = 1
    /// At given points.
    | Points = 2

type ModeCoverageOptions() =
    [<Description("Modes on a circle (modes, radius), on a square lattice (side, spacing), or at given points (centres).")>]
    member val Layout = ModeLayout.Ring with get, set

    [<Range(1, 100000)>]
    [<Description("Of a ring: how many modes, from (radius, 0) on.")>]
    member val Modes = 8 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("Of a ring: its radius.")>]
    member val Radius = 1.0 with get, set

    [<Range(1, 1000)>]
    [<Description("Of a grid: modes along each side.")>]
    member val Side = 5 with get, set

    [<Range(0.0, 1e6)>]
    [<Description("Of a grid: from one mode to the next.")>]
    member val Spacing = 2.0 with get, set

    [<Description("Of points: the coordinates of the modes, one mode after the other.")>]
    member val Centres: float[] = [||] with get, set

    [<Range(0.0, 1e6)>]
    [<Description("The standard deviation of each mode; 0 takes that of the literature, 0.01 for a ring and 0.05 for a grid.")>]
    member val Deviation = 0.0 with get, set

/// Where the modes of a mixture lie that an evaluator is told of; a ComponentException in its name refuses what does not fit.
module internal KnownModes =

    let private refuse (evaluator: string) reason =
        raise (ComponentException $"{evaluator}: {reason}")

    let deviation evaluator (options: ModeCoverageOptions) =
        match options.Layout with
        | _ when options.Deviation > 0.0 -> options.Deviation
        | ModeLayout.Ring -> 0.01
        | ModeLayout.Grid -> 0.05
        | _ -> refuse evaluator "the layout 'points' needs a 'deviation' above 0"

    /// The means, each of so many coordinates.
    let centres evaluator (options: ModeCoverageOptions) (size: int) =
        let planar (modes: float[][]) =
            if size <> 2 then
                refuse
                    evaluator
                    $"a ring or grid has points of 2 coordinates and the data has {size}; give 'centres' with the layout 'points'"

            modes

        match options.Layout with
        | ModeLayout.Ring -> planar (Modes.ring options.Modes options.Radius)
        | ModeLayout.Grid -> planar (Modes.grid options.Side options.Spacing)
        | _ ->
            if options.Centres.Length = 0 || options.Centres.Length % size <> 0 then
                refuse evaluator $"'centres' holds {options.Centres.Length} numbers, and the layout 'points' needs {size} for each mode"

            Array.chunkBySize size options.Centres

    /// The coordinates of points, or of rows whose columns are all continuous.
    let size evaluator (data: DataSpec) =
        match data.Sample with
        | :? VectorSpec as vectors -> vectors.Size
        | :? TableSpec as table ->
            for column in table.Columns do
                match column.Categories with
                | Null -> ()
                | NonNull _ -> refuse evaluator $"a mixture has continuous columns only, and '{column.Name}' is categorical"

            table.Columns.Count
        | other -> refuse evaluator $"it takes vectors or tables, but the data is {other}"
