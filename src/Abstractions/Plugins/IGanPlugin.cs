namespace PluginGan;

/// <summary>
/// The entry point of a plugin. The host looks for public, non-abstract classes with a parameterless constructor that
/// implement this interface in the assembly that carries the name of the plugin's folder.
/// </summary>
public interface IGanPlugin
{
    /// <summary>Names every component of the plugin. Opens nothing, builds nothing: the factories are called later, when a recipe asks for them.</summary>
    void Register(IComponentRegistry components);
}
