namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp
open type TorchSharp.torch.nn

/// A small convolutional classifier for images of any size: strided convolutions until a side of 7 or less is left, then a hidden layer.
type ImageClassifier(images: ImageSpec, classes: int, width: int) =
    inherit Module<torch.Tensor, torch.Tensor>("ImageClassifier")

    static let layer name (transform: Module<torch.Tensor, torch.Tensor>) = struct (name, transform)

    static let smallest = 7

    /// Features of the hidden layer for each unit of width.
    static let hidden = 4

    /// Channels stop doubling here, in units of width.
    static let widest = 4

    static let rec stages number height width channels most =
        if max height width <= smallest then
            [], channels * height * width
        else
            let next =
                if number = 0 then
                    most / widest
                else
                    min most (channels * 2)

            let layers =
                [
                    layer $"conv{number}" (Conv2d(int64 channels, int64 next, 3L, stride = 2L, padding = 1L))
                    layer $"relu{number}" (ReLU())
                ]

            let rest, size = stages (number + 1) ((height + 1) / 2) ((width + 1) / 2) next most
            layers @ rest, size

    let features =
        let layers, size =
            stages 0 images.Height images.Width images.Channels (width * widest)

        Sequential(
            [|
                yield! layers
                layer "flatten" (Flatten())
                layer "full" (Linear(int64 size, int64 (width * hidden)))
                layer "relu" (ReLU())
            |]
        )

    let dropout = Dropout 0.3
    let verdict = Linear(int64 (width * hidden), int64 classes)

    do base.RegisterComponents()

    /// Features of the hidden layer.
    member _.Dimension = width * hidden

    /// The features [N, Dimension] of images [N, C, H, W].
    member _.Features(images: torch.Tensor) : torch.Tensor = features.call images

    /// The class logits [N, K] of features.
    member _.Verdict(features: torch.Tensor) : torch.Tensor = verdict.call (dropout.call features)

    override this.forward images = this.Verdict(this.Features images)
