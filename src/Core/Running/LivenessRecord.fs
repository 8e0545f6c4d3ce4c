namespace PluginGan.Core

open System

/// The process that trains a run, as it writes itself into the run's folder again and again.
type LivenessRecord =
    {
        /// The name of its machine, for people.
        Host: string
        /// Which set of processes its id belongs to: a start of a system, or of a container on it. Empty where the process could not see
        /// other processes.
        System: string
        /// Its id.
        ProcessId: int
        /// When it started, in the words of its system: ids are used again.
        ProcessStarted: string
        /// When it last wrote this, by its clock.
        Heartbeat: DateTimeOffset
    }
