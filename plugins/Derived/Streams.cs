namespace PluginGan.Plugins.Derived;

/// <summary>
/// Seeds that follow from a seed: what is drawn for one purpose, or for one image, says nothing of what is drawn for another
/// (the mixing function of SplitMix64, Steele, Lea and Flood, OOPSLA 2014).
/// </summary>
internal static class Streams
{
    /// <summary>For the choice of partners.</summary>
    public const ulong Partners = 1;

    /// <summary>For what the dataset of partners draws while it reads.</summary>
    public const ulong Others = 2;

    /// <summary>For noise and for where squares lie.</summary>
    public const ulong Translations = 3;

    /// <summary>The seed of a purpose.</summary>
    public static ulong Of(ulong seed, ulong number) => Mix(Mix(seed) + number);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
