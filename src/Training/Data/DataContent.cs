using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>What a dataset holds at the moment.</summary>
/// <param name="Fingerprint">In a few lines.</param>
/// <param name="Files">The files that it is read from, by name; empty where it names none.</param>
public sealed record DataContent(DataFingerprint Fingerprint, IReadOnlyList<FileFingerprint> Files);
