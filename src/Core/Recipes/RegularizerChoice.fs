namespace PluginGan.Core

open PluginGan

/// A regulariser of a recipe, with what the host applies to it.
type RegularizerChoice =
    {
        /// The regulariser.
        Component: ComponentChoice
        /// What its penalty is multiplied by.
        Weight: Schedule
        /// It is computed at every so many iterations only, at least 1.
        Interval: int
    }
