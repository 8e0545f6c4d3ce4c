namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp
open type TorchSharp.torch.nn

type RandomProjectionOptions() =
    [<Range(1, 4096)>]
    [<Description("Features; samples with fewer numbers than that are their own features.")>]
    member val Dimension = 128 with get, set

    [<Range(0.0, 9e15)>]
    [<Description("Which projection: scores are comparable only under the same one.")>]
    member val Seed = 0L with get, set

/// The projection as a module, so that it moves with the extractor.
type private Projection(matrix: torch.Tensor) as this =
    inherit Module("Projection")

    do this.register_buffer ("matrix", matrix)

/// Samples of any kind, flattened, under a Gaussian random projection: distances stay what they are up to a small factor (Johnson and
/// Lindenstrauss). It knows nothing of what the samples show; it is for data without labels.
type RandomProjection(options: RandomProjectionOptions, data: DataSpec | null) =
    inherit FeatureExtractor()

    let input =
        match data with
        | Null -> raise (ComponentException "takes its size from the data, but no data was given: name it together with a dataset")
        | NonNull data -> data.Sample

    let numbers = input.Shape |> Seq.fold (*) 1L
    let dimension = int (min numbers (int64 options.Dimension))

    let matrix =
        use _ = torch.NewDisposeScope()
        use generator = new torch.Generator(uint64 options.Seed, torch.CPU)

        let drawn =
            if int64 dimension = numbers then
                torch.eye numbers
            else
                torch.randn ([| numbers; int64 dimension |], torch.float32, generator = generator)
                / sqrt (float32 dimension)

        drawn.DetachFromDisposeScope()

    let projection = new Projection(matrix)
    let fingerprint = Weights.fingerprint projection

    override _.Input = input
    override _.Dimension = dimension
    override _.State = projection
    override _.Fingerprint = fingerprint

    override _.Extract samples =
        let current = projection.get_buffer "matrix"
        FeatureOutput((samples.flatten 1L).matmul current, null)
