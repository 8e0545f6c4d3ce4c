namespace PluginGan.Core

/// What follows from a diagnosis.
type HealthPolicy =
    /// The rule is not applied.
    | Off = 0
    /// The run goes on; the diagnosis is shown and recorded.
    | Warn = 1
    /// The run ends; its last checkpoint stays.
    | Stop = 2
    /// The run goes back to its last checkpoint and on from there with the remedy applied: once for each rule, a second time it ends.
    | RollBack = 3
