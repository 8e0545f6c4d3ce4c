namespace PluginGan.Host.Commands;

/// <summary>How many samples the memory holds at once.</summary>
internal static class SampleMemory
{
    // The samples, and what becomes of them while they are written.
    private const int Copies = 2;

    /// <summary>Refuses more samples than fit, before they are made.</summary>
    /// <param name="option">The option that asks for them.</param>
    /// <param name="count">How many.</param>
    /// <param name="spec">What a sample is.</param>
    /// <exception cref="UsageException">They do not fit; the message says how many would.</exception>
    public static void Require(string option, int count, SampleSpec spec)
    {
        var bytes = Copies * sizeof(float) * spec.Shape.Aggregate(1L, (product, size) => product * size);
        var most = DataMemory.Available() / bytes;
        if (count > most)
        {
            throw new UsageException($"{option}: {count} samples do not fit into the memory of this machine; "
                + $"ask for at most {most}, several times with another --seed each");
        }
    }
}
