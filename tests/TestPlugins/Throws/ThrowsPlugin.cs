namespace PluginGan.TestPlugins;

/// <summary>A plugin that fails while it registers.</summary>
public sealed class ThrowsPlugin : IGanPlugin
{
    public void Register(IComponentRegistry components) => throw new InvalidOperationException("the licence server is closed on Sundays");
}
