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

/// <summary>Points of equally likely normal distributions with one standard deviation, held in memory.</summary>
/// <param name="centres">The means, one a row.</param>
/// <param name="options">How many points, how far from the means, and which.</param>
type Mixture(centres: float32[,], options: MixtureOptions) =
    inherit Dataset()

    let modes, size = Array2D.length1 centres, Array2D.length2 centres
    let count = int64 options.Count

    let samples, labels =
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

        // Whoever opens the data may do so within a scope of its own; the tensors live as long as the dataset.
        samples.DetachFromDisposeScope(), labels.DetachFromDisposeScope()

    let conditions = if options.Labels then labels else null

    override _.Spec =
        let condition =
            if options.Labels then
                ClassCondition [| for mode in 1..modes -> string mode |] :> ConditionSpec
            else
                ConditionSpec.None

        DataSpec(VectorSpec size, condition)

    override _.Count = count

    override _.Read(indices, _) =
        use rows = torch.tensor (indices.ToArray())

        let condition =
            match conditions with
            | null -> null
            | labels -> labels.index_select (0L, rows)

        new Batch(samples.index_select (0L, rows), condition)

    override _.Dispose disposing =
        samples.Dispose()
        labels.Dispose()
        base.Dispose disposing

    interface IInMemory with
        member _.Samples = samples
        member _.Conditions = conditions
