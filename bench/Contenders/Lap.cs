using System.Text.Json;

namespace PluginGan.Bench.Contenders;

/// <summary>What a contender answers after some iterations.</summary>
/// <param name="Seconds">The time that they took.</param>
/// <param name="Resident">The process's resident memory in bytes; 0 where it does not say.</param>
/// <param name="Tensors">Tensors of all threads that are neither disposed nor collected.</param>
internal sealed record Lap(double Seconds, long Resident = 0, long Tensors = 0)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);
}
