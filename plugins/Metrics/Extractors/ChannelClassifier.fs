namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open TorchSharp
open type TorchSharp.torch.nn

type ChannelClassifierOptions() =
    [<Range(4, 512)>]
    [<Description("Channels of the first convolution.")>]
    member val Width = 32 with get, set

    [<Range(1, 1000)>]
    [<Description("Passes over the training data when it is fitted.")>]
    member val Epochs = 3 with get, set

/// One classifier for every channel of images that are stacked as channels, such as three digits as red, green and blue. The class of
/// a stack has its channels' classes as digits, the first channel's first. Features and logits stand channel after channel.
type ChannelClassifier(options: ChannelClassifierOptions, data: DataSpec | null) =
    inherit FeatureExtractor()

    static let refuse reason =
        raise (ComponentException $"channel-classifier {reason}")

    let images, stacks =
        match data with
        | Null -> refuse "takes its size from the data, but no data was given: name it together with a dataset"
        | NonNull data ->
            match data.Sample, data.Condition with
            | (:? ImageSpec as images), (:? ClassCondition as classes) -> images, classes.Count
            | _ -> refuse $"takes images with classes, but the data is {data.Sample} with {data.Condition}; random-projection needs no classes"

    let channels = images.Channels

    let classes =
        let root = int (round (float stacks ** (1.0 / float channels)))

        if pown root channels <> stacks then
            refuse $"needs a class for each combination of the classes of its {channels} channels, but {stacks} classes are no number to the power {channels}: use the dataset stacked, or the extractor classifier"

        root

    let network =
        new ImageClassifier(ImageSpec(1, images.Height, images.Width), classes, options.Width)

    let base' = (int64 classes).ToScalar()

    let places =
        [|
            for channel in 1..channels -> (pown (int64 classes) (channels - channel)).ToScalar()
        |]

    let separate (samples: torch.Tensor) =
        samples.reshape (-1L, 1L, int64 images.Height, int64 images.Width)

    do network.eval ()

    override _.Input = images
    override _.Dimension = channels * network.Dimension
    override _.State = network
    override _.NeedsFitting = true

    override _.Fingerprint = Weights.fingerprint network

    override _.Extract samples =
        let seen = network.Features(separate samples)
        FeatureOutput(seen.reshape (samples.shape[0], -1L), network.Verdict(seen).reshape(samples.shape[0], -1L))

    override _.Fitting =
        // [N, channels], from the class of the stack.
        let labels (stacks: torch.Tensor) =
            torch.stack ([| for place in places -> (stacks.floor_divide place).remainder base' |], 1L)

        let loss (batch: Batch) =
            match batch.Condition with
            | NonNull stacks -> functional.cross_entropy (network.call (separate batch.Samples), (labels stacks).reshape -1L)
            | Null -> refuse "is fitted on labelled data: choose a dataset with classes"

        let hits (logits: torch.Tensor) (stacks: torch.Tensor) =
            logits.reshape(logits.shape[0], int64 channels, -1L).argmax(2L).eq(labels stacks)

        Fitting(network, loss, FitSettings(options.Epochs, 128, 1e-3), Hits = System.Func<_, _, _>(fun logits stacks -> hits logits stacks))
