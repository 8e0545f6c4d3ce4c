using System.Text.Json;

namespace PluginGan.Training;

/// <summary>
/// What a checkpoint keeps of the run's history: enough to notice that events were lost since, and not to lose the learning rates that
/// roll-backs have changed.
/// </summary>
/// <param name="Length">The bytes of events.jsonl when the checkpoint was written.</param>
/// <param name="RollBacks">The events of the roll-backs that are in force.</param>
public sealed record CheckpointHistory(long Length, IReadOnlyList<JsonElement> RollBacks);
