namespace PluginGan.Core

open PluginGan

/// An augmentation of a recipe, with what the host applies to it.
type AugmentationChoice =
    {
        /// The augmentation.
        Component: ComponentChoice
        /// Its strength, 0 (changes nothing) to 1.
        Strength: Schedule
    }
