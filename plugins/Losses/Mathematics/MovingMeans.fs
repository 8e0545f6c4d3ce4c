namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// Exponential moving means of named scalars. They start at zero, and that is divided out again as from Adam's moments (arXiv:1412.6980,
/// section 3): after one value, the mean is that value.
type MovingMeans(decay: float, names: string list) =
    // With each sum, what the weights of its values so far add up to; 1 in the end.
    inherit RememberedNumbers(nameof MovingMeans, names @ [ for name in names -> $"{name}_weight" ])

    let kept = decay.ToScalar()
    let share = (1.0 - decay).ToScalar()
    let one = (1.0).ToScalar()

    /// Takes in a scalar and gives the mean with it included: float32, without a gradient.
    member this.Follow(name, value: Tensor) =
        use _ = no_grad ()

        let sum =
            this[name].mul_(kept).add_(value.detach().``to`` ScalarType.Float32, share)

        let weight = this[$"{name}_weight"].mul_(kept).add_(share, one)
        sum / weight
