namespace PluginGan.Plugins.Metrics

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

    /// Rows that Distances takes at once.
    static member internal Tile = 4

    /// From features [N, D], N ≥ 1, of any type and device; a ComponentException refuses none and values that are not finite.
    static member OfTensor(what: string, features: torch.Tensor) =
        use _ = torch.NewDisposeScope()
        Require.atLeast 1L what features
        Require.finite what features
        let rows, columns = features.shape[0], features.shape[1]

        let up (count: int64) (unit: int) =
            (count + int64 unit - 1L) / int64 unit * int64 unit

        let height, width = up rows Points.Tile, up columns Vector<float>.Count
        let padded = torch.zeros (height, width, dtype = torch.float64)

        padded.narrow(0, 0, rows).narrow(1, 0, columns).copy_(features.detach ())
        |> ignore

        {
            Rows = int rows
            Columns = int columns
            Padded = int width
            Data = padded.data<float>().ToArray()
        }

    /// How many points there are, at least 1.
    member points.Count = points.Rows

    /// Features of a point.
    member points.Dimension = points.Columns

    /// The distance from one row to the next in Values.
    member internal points.Stride = points.Padded

    /// Row by row, padded.
    member internal points.Values = points.Data
