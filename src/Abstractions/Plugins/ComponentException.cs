namespace PluginGan;

/// <summary>
/// Thrown by a component that cannot do what the user asks. The message is shown as it stands, without a stack trace, so it
/// says what is wrong, where (file, option, row) and what would be right. Any other exception is reported as a fault of the plugin.
/// </summary>
public sealed class ComponentException : Exception
{
    /// <summary>Creates the exception with its message for the user.</summary>
    public ComponentException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its message for the user and the cause.</summary>
    public ComponentException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
