namespace PluginGan.Core

/// How bad a diagnosis is.
type Severity =
    /// The run may come out of it by itself, or end worse than it could.
    | Warning = 0
    /// What the run does from here on is most likely lost.
    | Critical = 1
