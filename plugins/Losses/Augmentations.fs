namespace PluginGan.Plugins.Losses

open PluginGan
open TorchSharp
open type TorchSharp.torch

/// What is done to samples before the discriminator sees them.
module Augmentations =

    /// Instance noise, arXiv:1610.04490 and arXiv:1701.04862: Gaussian noise on real and generated samples, so that their distributions
    /// overlap while the generator is far off. The strength scales the standard deviation; a schedule takes it to zero.
    let instanceNoise (options: InstanceNoiseOptions) =
        let deviation = options.Deviation.ToScalar()

        { new Augmentation() with
            override _.Apply(samples, strength) =
                let noise = randn_like (samples.detach ())
                samples.addcmul (noise, strength, deviation)
        }
