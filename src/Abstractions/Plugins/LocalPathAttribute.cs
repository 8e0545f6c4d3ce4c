namespace PluginGan;

/// <summary>
/// Marks a text option that is the path of a file or folder. Relative to the working folder in a recipe; a component always gets an
/// absolute path, which the run records too.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LocalPathAttribute : Attribute;
