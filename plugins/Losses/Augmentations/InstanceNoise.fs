namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// Noise on all that the discriminator sees.
module InstanceNoise =

    /// Instance noise, arXiv:1610.04490 and arXiv:1701.04862: Gaussian noise on real and generated samples, so that their distributions
    /// overlap while the generator is far off. The strength scales the standard deviation; a schedule takes it to zero.
    let create (options: InstanceNoiseOptions) =
        let deviation = options.Deviation.ToScalar()

        { new Augmentation() with
            override _.Apply(samples, strength) =
                samples.addcmul (Draws.NormalLike(samples), strength, deviation)
        }
