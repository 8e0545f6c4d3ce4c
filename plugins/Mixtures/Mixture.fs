namespace PluginGan.Plugins.Mixtures

open System
open PluginGan
open TorchSharp

/// Where the modes of a mixture lie.
module Modes =

    /// So many modes on a circle around the origin, from (radius, 0) on, anticlockwise.
    let ring (options: RingOptions) : float32[,] =
        Array2D.init options.Modes 2 (fun mode axis ->
            let angle = 2.0 * Math.PI * float mode / float options.Modes
            float32 (options.Radius * (if axis = 0 then cos angle else sin angle)))

    /// side × side modes on a square lattice around the origin, row by row.
    let grid (options: GridOptions) : float32[,] =
        let along place =
            options.Spacing * (float place - float (options.Side - 1) / 2.0)

        Array2D.init (options.Side * options.Side) 2 (fun mode axis ->
            float32 (
                along (
                    if axis = 0 then
                        mode / options.Side
                    else
                        mode % options.Side
                )
            ))

/// Points of equally likely normal distributions with one standard deviation.
module Mixture =

    /// As many points as the options say, around the centres (one a row).
    let draw (options: MixtureOptions) (centres: float32[,]) : Dataset =
        let modes, size = Array2D.length1 centres, Array2D.length2 centres
        let count = int64 options.Count

        // Draws, labels, noise, centres and their sum.
        DataMemory.Require(16.0 * float count * float (1 + size), $"{count} points", "choose a smaller 'count'", DataMemory.Available())

        use _ = torch.NewDisposeScope()
        // The splits are streams of their own: what is drawn for one says nothing of the other.
        let stream = 2UL * uint64 options.Seed + uint64 options.Split
        use generator = new torch.Generator(stream, torch.CPU)
        let uniform = torch.rand ([| count |], torch.float64, generator = generator)
        let labels = (uniform * float modes).floor().``to`` torch.int64

        let noise =
            torch.randn ([| count; int64 size |], torch.float32, generator = generator)

        let samples =
            (torch.tensor centres).index_select(0L, labels)
            + noise * float32 options.Deviation

        if options.Labels then
            let names = ClassCondition [| for mode in 1..modes -> string mode |]
            new TensorDataset(DataSpec(VectorSpec size, names), samples, labels)
        else
            new TensorDataset(DataSpec(VectorSpec size, ConditionSpec.None), samples)
