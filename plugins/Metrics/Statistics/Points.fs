namespace PluginGan.Plugins.Metrics

open System
open System.Numerics
open TorchSharp

/// Feature vectors as rows of float64, laid out for the loops of Distances: rows are padded with zeros to whole SIMD vectors, and
/// rows of zeros fill the last tile.
type Points =
    private
        {
            Rows: int
            Columns: int
            Padded: int
            Data: float[]
        }

    /// The sides of a tile of Distances divide this.
    static member private Tile = 4

    static member private Up (count: int) (unit: int) =
        int64 ((count + unit - 1) / unit * unit)

    /// From features [N, D], N ≥ 1, of any type and device; a ComponentException refuses none and values that are not finite.
    static member OfTensor(what: string, features: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        Require.atLeast 1L what features
        Require.finite what features
        let rows, columns = int features.shape[0], int features.shape[1]

        let height, width =
            Points.Up rows Points.Tile, Points.Up columns Vector<float>.Count

        let padded = torch.zeros (height, width, dtype = torch.float64)

        padded.narrow(0, 0, int64 rows).narrow(1, 0, int64 columns).copy_(features.detach ())
        |> ignore

        {
            Rows = rows
            Columns = columns
            Padded = int width
            Data = padded.data<float>().ToArray()
        }

    /// Some of them, by their positions.
    member points.Subset(positions: int64[]) =
        let data =
            Array.zeroCreate (int (Points.Up positions.Length Points.Tile) * points.Padded)

        positions
        |> Array.iteri (fun place position ->
            Array.Copy(points.Data, int position * points.Padded, data, place * points.Padded, points.Padded))

        { points with
            Rows = positions.Length
            Data = data
        }

    /// x·x of each point.
    member points.SquaredNorms() =
        Array.init points.Rows (fun row ->
            let mutable norm = 0.0

            for place in row * points.Padded .. (row + 1) * points.Padded - 1 do
                norm <- norm + points.Data[place] * points.Data[place]

            norm)

    /// x·y of each point x and one y.
    member points.Products(other: float[]) =
        Array.init points.Rows (fun row ->
            let mutable product = 0.0

            for column in 0 .. points.Columns - 1 do
                product <- product + points.Data[row * points.Padded + column] * other[column]

            product)

    /// The mean point.
    member points.Mean() =
        Array.init points.Columns (fun column ->
            let mutable sum = 0.0

            for row in 0 .. points.Rows - 1 do
                sum <- sum + points.Data[row * points.Padded + column]

            sum / float points.Rows)

    /// Each point less another one.
    member points.Less(other: float[]) =
        let data = Array.copy points.Data

        for row in 0 .. points.Rows - 1 do
            for column in 0 .. points.Columns - 1 do
                let place = row * points.Padded + column
                data[place] <- data[place] - other[column]

        { points with Data = data }

    /// Whether every point equals the first one of another set.
    member points.AllEqual(other: Points) =
        let mutable equal = points.Columns = other.Columns

        let mutable row = 0

        while equal && row < points.Rows do
            for column in 0 .. points.Columns - 1 do
                equal <- equal && points.Data[row * points.Padded + column] = other.Data[column]

            row <- row + 1

        equal

    /// Refuses two sets that are all one point, by a ComponentException.
    static member internal RequireDiffering (real: Points) (generated: Points) =
        if real.AllEqual real && generated.AllEqual real then
            Require.refuseEqual "features of real and generated samples"

    /// Refuses fewer than two generated points, and those that are all one, by a ComponentException.
    static member internal RequireVaried (what: string) (generated: Points) =
        Require.enough 2L what generated.Rows

        if generated.AllEqual generated then
            Require.refuseCollapsed what

    /// How many points there are, at least 1.
    member points.Count = points.Rows

    /// Features of a point.
    member points.Dimension = points.Columns

    /// Row by row, padded.
    member internal points.Values = points.Data

    /// The distance from one row to the next in Values.
    member internal points.Stride = points.Padded

    /// Rows with those that fill the last tile.
    member internal points.Height = points.Data.Length / points.Padded
