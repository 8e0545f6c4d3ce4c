namespace PluginGan.Plugins.Images.Folders;

/// <summary>What happens when files cannot be decoded.</summary>
public enum CorruptPolicy
{
    /// <summary>They are listed in a warning and left out.</summary>
    Skip,

    /// <summary>They are listed in an error.</summary>
    Refuse,
}
