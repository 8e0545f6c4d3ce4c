using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// Whether a process trains a run: <c>process.json</c> in the run's folder, which the process renews while it trains and deletes when it
/// ends. Unlike the lock beside it, the file can be read from another machine.
/// </summary>
public static class RunLiveness
{
    // What .NET writes of a record; camel case as in the other files of a run.
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// The record of the process that trains the run, or trained it last and was killed; null where there is none, or it cannot be read.
    /// </summary>
    public static LivenessRecord? Read(RunDirectory directory)
    {
        try
        {
            const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
            using var stream = new FileStream(RegularFile.At(directory.ProcessPath), FileMode.Open, FileAccess.Read, Shared);
            return JsonSerializer.Deserialize<LivenessRecord>(stream, Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a process trains the run: on this machine by its id and start time, on another by the age of its heartbeat.
    /// </summary>
    /// <param name="directory">The run.</param>
    /// <param name="now">The time.</param>
    public static bool IsAlive(RunDirectory directory, DateTimeOffset now) => IsAlive(Read(directory), now);

    internal static bool IsAlive(LivenessRecord? record, DateTimeOffset now) =>
        record is not null && Liveness.IsAlive(record, ProcessTable.System(), ProcessTable.Started(record.ProcessId), now);
}
