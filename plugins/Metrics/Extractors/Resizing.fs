namespace PluginGan.Plugins.Metrics

open TorchSharp

/// How images are brought to the size that a network takes. Scores depend on it (arXiv:2104.11222), so there is one for each of the
/// implementations that published figures come from.
type Resizing =
    /// Bicubic with antialiasing, as Pillow and clean-fid.
    | PillowBicubic = 0
    /// Bilinear with antialiasing, as Pillow.
    | PillowBilinear = 1
    /// Bilinear without antialiasing, pixels seen as areas, as pytorch-fid.
    | TorchBilinear = 2
    /// Bilinear without antialiasing, pixels seen as points from the upper left, as TensorFlow 1 and the first implementation of FID.
    | TensorflowBilinear = 3

module internal Resizing =

    /// [out, in]: what each pixel along one axis of the result takes from those of the image.
    let private points (from: int64) (into: int64) =
        let weights = Array2D.zeroCreate<float32> (int into) (int from)

        for place in 0 .. int into - 1 do
            let at = float32 place * float32 from / float32 into
            let lower = int at
            let upper = min (lower + 1) (int from - 1)
            let share = at - float32 lower
            weights[place, lower] <- weights[place, lower] + (1f - share)
            weights[place, upper] <- weights[place, upper] + share

        torch.tensor weights

    let private interpolate (mode: torch.InterpolationMode) antialias size (images: torch.Tensor) =
        torch.nn.functional.interpolate (images, [| size; size |], mode = mode, align_corners = false, antialias = antialias)

    /// Images [N, C, H, W] as [N, C, size, size].
    let apply resizing (size: int64) (images: torch.Tensor) : torch.Tensor =
        let height, width = images.shape[2], images.shape[3]

        if (height, width) = (size, size) then
            images
        else
            match resizing with
            | Resizing.PillowBicubic -> interpolate torch.InterpolationMode.Bicubic true size images
            | Resizing.PillowBilinear -> interpolate torch.InterpolationMode.Bilinear true size images
            | Resizing.TorchBilinear -> interpolate torch.InterpolationMode.Bilinear false size images
            | _ ->
                let along (length: int64) =
                    (points length size).``to`` images.device

                ((along height).matmul images).matmul((along width).t())
