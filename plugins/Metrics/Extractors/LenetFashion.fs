namespace PluginGan.Plugins.Metrics

open System
open System.ComponentModel
open System.IO
open PluginGan
open TorchSharp
open type TorchSharp.torch.nn

type LenetFashionOptions() =
    [<Description("A .safetensors file with other weights for this network; empty for those that come with it.")>]
    member val Weights = "" with get, set

    [<Description("Starts from random weights instead, to be fitted.")>]
    member val Untrained = false with get, set

/// A small convolutional classifier in the manner of LeNet for grey images of 28×28: 96 features (the ReLU layer before the last)
/// and 10 class logits. The weights that come with it were fitted on Fashion-MNIST; lenet-fashion.md states how well.
type LenetFashion(options: LenetFashionOptions) =
    inherit FeatureExtractor()

    static let dimension = 96L

    static let shipped =
        Path.Combine(string (Path.GetDirectoryName typeof<LenetFashion>.Assembly.Location), "lenet-fashion.safetensors")

    static let layer name (transform: Module<torch.Tensor, torch.Tensor>) = struct (name, transform)

    let features =
        Sequential(
            layer "conv1" (Conv2d(1L, 16L, 5L, padding = 2L)),
            layer "relu1" (ReLU()),
            layer "pool1" (MaxPool2d 2L), // 16×14×14
            layer "conv2" (Conv2d(16L, 32L, 5L)),
            layer "relu2" (ReLU()),
            layer "pool2" (MaxPool2d 2L), // 32×5×5
            layer "flatten" (Flatten()),
            layer "full" (Linear(32L * 5L * 5L, dimension)),
            layer "relu3" (ReLU())
        )

    let classes = Linear(dimension, 10L)

    let network =
        Sequential(layer "features" features, layer "dropout" (Dropout 0.3), layer "classes" classes)

    let load path =
        try
            use file = DataFile.Open path
            let tensors = Safetensors.Read file

            try
                Safetensors.Load(network, tensors)
            finally
                tensors.Values |> Seq.iter _.Dispose()
        with
        | :? ComponentException
        | :? IOException
        | :? UnauthorizedAccessException
        | :? InvalidDataException as error ->
            let remedy =
                "set 'weights' to a file made by 'plugingan fit lenet-fashion', or leave it empty"

            raise (ComponentException($"lenet-fashion cannot use the weights '{path}': {error.Message}; {remedy}", error))

    do
        if not options.Untrained then
            load (if options.Weights = "" then shipped else options.Weights)

        network.eval ()

    override _.Input = ImageSpec(1, 28, 28)
    override _.Dimension = int dimension
    override _.State = network

    override _.Fingerprint = Weights.fingerprint network

    override _.Extract samples =
        let seen = features.call samples
        FeatureOutput(seen, classes.call seen)

    override _.Fitting =
        let loss (batch: Batch) =
            match batch.Condition with
            | NonNull labels -> functional.cross_entropy (network.call batch.Samples, labels)
            | Null -> raise (ComponentException "lenet-fashion is fitted on labelled data: choose a dataset with classes")

        Fitting(network, loss, FitSettings(8, 128, 1e-3))
