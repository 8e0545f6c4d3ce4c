namespace PluginGan.Plugins.Metrics

open System.ComponentModel
open System.ComponentModel.DataAnnotations
open PluginGan
open type TorchSharp.torch.nn

type ClassifierOptions() =
    [<Range(4, 512)>]
    [<Description("Channels of the first convolution; there are four times as many features.")>]
    member val Width = 32 with get, set

    [<Range(1, 1000)>]
    [<Description("Passes over the training data when it is fitted.")>]
    member val Epochs = 8 with get, set

/// A convolutional classifier sized to the images and classes of a run, and fitted on its training data.
type Classifier(options: ClassifierOptions, data: DataSpec | null) =
    inherit FeatureExtractor()

    let images, classes =
        match data with
        | Null -> raise (ComponentException "takes its size from the data, but no data was given: name it together with a dataset")
        | NonNull data ->
            match data.Sample, data.Condition with
            | (:? ImageSpec as images), (:? ClassCondition as classes) -> images, classes.Count
            | _ ->
                raise (
                    ComponentException
                        $"learns images with classes, but the data is {data.Sample} with {data.Condition}; random-projection needs no classes"
                )

    let network = new ImageClassifier(images, classes, options.Width)

    do network.eval ()

    override _.Input = images
    override _.Dimension = network.Dimension
    override _.State = network
    override _.NeedsFitting = true
    override _.Fingerprint = Weights.fingerprint network

    override _.Extract samples =
        let features = network.Features samples
        FeatureOutput(features, network.Verdict features)

    override _.Fitting =
        let loss (batch: Batch) =
            functional.cross_entropy (network.call batch.Samples, nonNull batch.Condition)

        Fitting(network, loss, FitSettings(options.Epochs, 128, 1e-3))
