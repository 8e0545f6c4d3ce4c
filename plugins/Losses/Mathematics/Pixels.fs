namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// What comes in where an image is moved away from its border.
type Border =
    /// Zeros, the middle of the range.
    | Grey
    /// The image itself, mirrored at its outermost pixels.
    | Mirrored

/// Changes of images [N, C, H, W], each by numbers of its own [N, 1, 1, 1] that lie on the device. Differentiable any number of times.
module Pixels =

    let private zero, private one = (0L).ToScalar(), (1L).ToScalar()

    let private rows, private columns = 2, 3

    /// That share of a side in whole pixels, to the nearest.
    let share (share: float) (side: int64) =
        Operators.int64 (share * Operators.float side + 0.5)

    /// The indices along an axis, int64, shaped to broadcast against the images: [1, 1, H, 1] or [1, 1, 1, W].
    let private places axis (images: Tensor) =
        use length = images.shape[axis].ToScalar()

        let indices =
            arange (zero, length, one, dtype = ScalarType.Int64, device = images.device)

        indices.view (Array.init 4 (fun other -> if other = axis then -1L else 1L))

    let private moved axis border (distance: Tensor) (images: Tensor) =
        use last = (images.shape[axis] - 1L).ToScalar()
        let source = places axis images - distance

        let taken (from: Tensor) =
            images.gather (Operators.int64 axis, from.expand images.shape)

        match border with
        | Grey ->
            let inside = source.clamp (zero, last)
            taken inside * source.eq(inside).``to`` images.dtype
        | Mirrored ->
            // Of what lies before the first or behind the last pixel: -1 is 1, and last + 1 is last - 1.
            let fromLast (index: Tensor) =
                index.sub(last).abs().neg().add(last, one)

            taken (fromLast (source.abs ()))

    /// Moves images down and to the right by whole pixels, int64; less than the side where the border is mirrored.
    let translate border (down: Tensor) (right: Tensor) images =
        images |> moved rows border down |> moved columns border right

    /// Mirrors those images, left for right, where the mask is true.
    let flip (mask: Tensor) (images: Tensor) =
        where (mask, images.flip (Operators.int64 columns), images)

    /// Greys out a rectangle with that centre (row, column) and height and width; of an even side, one pixel less lies behind the centre
    /// than before it. What lies beyond the image is left out.
    let cut (row: Tensor, column: Tensor) (height: int64, width: int64) (images: Tensor) =
        let within axis (side: int64) (centre: Tensor) =
            use before = (-(side / 2L)).ToScalar()
            use behind = (side - side / 2L).ToScalar()
            let offset = places axis images - centre
            offset.ge(before).logical_and(offset.lt behind)

        let rectangle = (within rows height row).logical_and(within columns width column)
        images * rectangle.logical_not().``to`` images.dtype
