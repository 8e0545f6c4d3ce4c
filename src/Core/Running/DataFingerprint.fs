namespace PluginGan.Core

open System.Collections.Generic

/// A file that samples are read from, as it was.
type FileFingerprint =
    {
        /// Its path within the folder that the dataset names, with slashes; empty where the dataset names the file itself.
        Name: string
        /// Bytes.
        Length: int64
        /// The SHA-256 of its content, in hexadecimal.
        Sha256: string
    }

/// What the data of a run was, in a few lines. Where it lies is no part of it.
type DataFingerprint =
    {
        /// How many samples.
        Count: int64
        /// How many files they were read from; 0 where they come from none that the dataset names.
        Files: int
        /// The bytes of these files.
        Bytes: int64
        /// A SHA-256 over names, lengths and contents of the files or, without files, over the samples; null where there was neither.
        Sha256: string | null
        /// The files and folders as absolute paths, for people: a data set may be moved.
        Paths: IReadOnlyList<string>
    }

    /// Whether both are of the same data, wherever it lies.
    member this.IsOf(other: DataFingerprint) =
        this.Count = other.Count
        && this.Files = other.Files
        && this.Bytes = other.Bytes
        && this.Sha256 = other.Sha256
