using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary>A watermark's key as it stands on a command line: itself, or where it is kept, so that it need not stand in the shell's history.</summary>
internal static class WatermarkKeyText
{
    public const string Forms = "the text itself, file:PATH for the first line of a file, or env:NAME for an environment variable";

    private const string FilePrefix = "file:";
    private const string VariablePrefix = "env:";

    /// <param name="option">The option, for messages.</param>
    /// <param name="text">What stands there.</param>
    /// <exception cref="UsageException">There is no key where it should be.</exception>
    public static WatermarkKey Read(string option, string text)
    {
        var key = text switch
        {
            _ when text.StartsWith(FilePrefix, StringComparison.Ordinal) => FirstLine(option, text[FilePrefix.Length..]),
            _ when text.StartsWith(VariablePrefix, StringComparison.Ordinal) => Environment.GetEnvironmentVariable(text[VariablePrefix.Length..])
                ?? throw new UsageException($"{option}: the environment variable '{text[VariablePrefix.Length..]}' is not set"),
            _ => text,
        };
        return key.Length > 0 ? new WatermarkKey(key) : throw new UsageException($"{option}: the key is empty; give {Forms}");
    }

    private static string FirstLine(string option, string path)
    {
        try
        {
            return File.ReadLines(path).FirstOrDefault() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option}: the key cannot be read from '{path}': {error.Message}");
        }
    }
}
