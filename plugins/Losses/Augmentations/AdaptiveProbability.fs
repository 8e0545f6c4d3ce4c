namespace PluginGan.Plugins.Losses

open TorchSharp
open type TorchSharp.torch

/// The probability of adaptive discriminator augmentation, arXiv:2006.06676, section 3: after every four batches it moves by the sign of
/// E[sign D(real)] - target, so fast that it takes the given number of samples from 0 to 1. All of it lies on the device; it starts at 0.
type AdaptiveProbability(target: float, speedKimg: float) =
    inherit RememberedNumbers(nameof AdaptiveProbability, [ "probability"; "signs"; "batches"; "samples" ])

    let interval = (4.0).ToScalar()
    let zero, one = (0.0).ToScalar(), (1.0).ToScalar()
    let target = target.ToScalar()
    let perSample = (1.0 / (1000.0 * speedKimg)).ToScalar()

    /// As it is now, a scalar.
    member this.Value = this["probability"]

    /// Takes in the logits of a batch of so many real samples; where the run packs or judges patches, the logits are fewer or more.
    member this.Observe(logits: Tensor, count: int64) =
        use _ = no_grad ()
        use count = count.ToScalar()
        let signs, batches, samples = this["signs"], this["batches"], this["samples"]
        signs.add_ (logits.sign().mean().``to`` ScalarType.Float32, one) |> ignore
        batches.add_ (one, one) |> ignore
        samples.add_ (count, one) |> ignore

        // 1 after the last batch of an interval, else 0: a decision that the host need not wait for.
        let due = batches.ge(interval).``to`` ScalarType.Float32
        let surplus = signs / batches - target

        this.Value.add_(due * surplus.sign () * samples, perSample).clamp_(zero, one)
        |> ignore

        let kept = due.neg().add(one, one)

        for counter in [ signs; batches; samples ] do
            counter.mul_ kept |> ignore
