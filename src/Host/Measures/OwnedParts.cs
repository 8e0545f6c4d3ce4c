namespace PluginGan.Host.Measures;

/// <summary>What an evaluation has opened on its way; disposed together, the latest first.</summary>
internal sealed class OwnedParts : IDisposable
{
    private readonly Stack<IDisposable> parts = new();

    public T Add<T>(T part)
        where T : IDisposable
    {
        parts.Push(part);
        return part;
    }

    public void Dispose()
    {
        while (parts.TryPop(out var part))
            part.Dispose();
    }
}
