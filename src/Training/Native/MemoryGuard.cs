using System.Globalization;
using System.Text.RegularExpressions;
using TorchSharp;

namespace PluginGan.Training;

/// <summary>Lets what takes more memory than there is fail with a message, where the system would end the process without a word.</summary>
public static partial class MemoryGuard
{
    // One part in so many of the free memory stays free: for page tables, for what else runs, and for what it takes to tell that the rest
    // did not suffice.
    private const int Kept = 16;

    /// <summary>Makes something that may be large, in main memory.</summary>
    /// <param name="needs">What needs the memory, with the verb: "its networks need".</param>
    /// <param name="remedy">What would help.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="available">The memory that is free, in bytes; where left out, that of machine, container and process.</param>
    /// <exception cref="ComponentException">It does not fit.</exception>
    public static T Make<T>(string needs, string remedy, Func<T> make, long? available = null)
    {
        var left = (available ?? DeviceMemory.Available(torch.CPU)) is { } bytes ? bytes - bytes / Kept : default(long?);
        using var limit = left is { } most ? AllocationLimit.Set(most) : null;
        var before = AllocationLimit.Allocated;
        try
        {
            return make();
        }
        // What was made within may have told already.
        catch (Exception error) when (error is not ComponentException && RanOut(error))
        {
            var free = left is { } known ? $"the {ByteText.Of(known)} that are free" : "there is";
            // Meanwhile others may have given memory back, or taken what there was.
            var needed = AllocationLimit.Allocated - before is { } taken && Math.Max(0, taken) + Refused(error) is { } sum && sum > left ? $"at least {ByteText.Of(sum)}, which is more than {free}" : $"more than {free}";
            throw new ComponentException($"too little memory: {needs} {needed}; {remedy}", error);
        }
    }

    /// <summary>Sees to it that networks of known size fit into main memory before they are made.</summary>
    /// <param name="networks">Their bytes by role.</param>
    /// <param name="remedy">What would help.</param>
    /// <param name="available">The memory that is free, in bytes; where left out, that of machine, container and process.</param>
    /// <exception cref="ComponentException">They do not fit.</exception>
    public static void Require(IReadOnlyDictionary<string, long> networks, string remedy, long? available = null)
    {
        var needed = networks.Values.Sum();
        if ((available ?? DeviceMemory.Available(torch.CPU)) is { } left && needed > left)
            throw new ComponentException($"too little memory: its networks need {ByteText.Of(needed)} ({string.Join(", ", networks.Select(network => $"{network.Key} {ByteText.Of(network.Value)}"))}), "
                + $"which is more than the {ByteText.Of(left)} that are free; {remedy}");
    }

    /// <summary>Whether an error says that an allocation has failed: on the CPU, on a GPU, or in .NET.</summary>
    public static bool RanOut(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
            // libtorch has no type for it: the words are those of its allocators for the CPU and for CUDA.
            if (cause is OutOfMemoryException || cause.Message.Contains("can't allocate memory", StringComparison.Ordinal)
                || cause.Message.Contains("CUDA out of memory", StringComparison.Ordinal) || cause.Message.Contains("std::bad_alloc", StringComparison.Ordinal))
                return true;
        return false;
    }

    // What could not be had, as libtorch tells it.
    private static long? Refused(Exception error) =>
        Tried().Match(error.GetBaseException().Message) is { Success: true } match
        && long.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    [GeneratedRegex(@"tried to allocate (\d+) bytes")]
    private static partial Regex Tried();
}
