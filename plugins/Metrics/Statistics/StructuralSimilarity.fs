namespace PluginGan.Plugins.Metrics

open PluginGan
open TorchSharp
open type TorchSharp.torch.nn.functional

/// Multi-scale structural similarity of images (Wang, Simoncelli and Bovik, 2003): 1 for equal images, about 0 for unrelated ones.
module StructuralSimilarity =

    /// The side of the Gaussian window.
    let private window = 11

    let private deviation = 1.5

    /// The weights of the scales, from full size down.
    let private weights = [| 0.0448; 0.2856; 0.3001; 0.2363; 0.1333 |]

    /// L, the range of intensities. The measure is defined for those from 0 on: its term of luminance means nothing below.
    let private range = 2.0

    /// Values from -1 to 1 as intensities from 0 to L; what lies beyond is cut off, as it is where images are written.
    let private intensities (images: torch.Tensor) =
        (images.detach().``to`` torch.float64 + 1.0).clamp(0.0.ToScalar(), range.ToScalar())

    /// A constant that keeps quotients finite.
    let private constant (share: float) =
        torch.tensor ((share * range) ** 2.0, dtype = torch.float64)

    /// How many scales images of that size allow: at each of them, halved once more, the window must fit. 5 are usual, from a side of 176 on.
    let scales (height: int) (width: int) =
        let fitting =
            Seq.initInfinite (fun scale -> min height width >>> scale)
            |> Seq.takeWhile (fun side -> side >= window)

        min weights.Length (Seq.length fitting)

    /// [side - 10, side]: each row is the window at one place, so that a product with it filters along one axis where the window fits.
    let private filter (side: int64) =
        let bell =
            Array.init window (fun place -> exp (-(float (place - window / 2) ** 2.0) / (2.0 * deviation * deviation)))

        let total = Array.sum bell

        let rows =
            Array2D.init (int side - window + 1) (int side) (fun row column ->
                let place = column - row

                if place < 0 || place >= window then
                    0.0
                else
                    bell[place] / total)

        torch.tensor rows

    /// The similarity of means, and that of contrast and structure, of each pair and channel, [P, C].
    let private compare (first: torch.Tensor) (second: torch.Tensor) =
        let forMeans, forVariances = constant 0.01, constant 0.03
        let down, across = filter first.shape[2], (filter first.shape[3]).t()

        let local (image: torch.Tensor) =
            torch.matmul (torch.matmul (down, image), across)

        let mean1, mean2 = local first, local second
        let product, squares = mean1 * mean2, mean1 * mean1 + mean2 * mean2
        let covariance = local (first * second) - product
        let variances = local (first * first + second * second) - squares

        let structure =
            (covariance + covariance + forVariances) / (variances + forVariances)

        let full = (product + product + forMeans) / (squares + forMeans) * structure
        let mean (map: torch.Tensor) = map.mean [| 2L; 3L |]
        mean full, mean structure

    let rec private product (weights: torch.Tensor list) (first: torch.Tensor) (second: torch.Tensor) : torch.Tensor =
        let full, structure = compare first second

        match weights with
        | [ last ] -> full.relu().pow last
        | weight :: rest ->
            let half image = avg_pool2d (image, 2L)
            structure.relu().pow weight * product rest (half first) (half second)
        | [] -> invalidArg (nameof weights) "there must be a scale"

    /// The similarity of each pair of images [P, C, H, W], values from -1 to 1, over as many scales as their size allows: the weights of
    /// those are scaled to add up to 1. Computed for each channel, with negative terms taken as 0, then averaged over channels.
    /// A ComponentException refuses images with a side under 11, and values that are not finite.
    let ofPairs (first: torch.Tensor) (second: torch.Tensor) : float[] =
        use _ = torch.NewDisposeScope()
        let height, width = int first.shape[2], int first.shape[3]
        let scales = scales height width

        if scales = 0 then
            raise (ComponentException $"MS-SSIM takes images of at least {window}×{window}, but these are {width}×{height}: leave ms-ssim out")

        for images in [ first; second ] do
            Require.finite "images" images

        let used = Array.truncate scales weights

        let similarity =
            product
                [
                    for weight in used -> torch.tensor (weight / Array.sum used, dtype = torch.float64)
                ]
                (intensities first)
                (intensities second)

        similarity.mean([| 1L |]).data<float>().ToArray()
