using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Terminal;
using PluginGan.Training;

namespace PluginGan.Host.Commands;

/// <summary><c>verify-image</c>: what image files say of their origin, and whether they carry the watermark of a key.</summary>
internal static class VerifyImageCommand
{
    private static readonly Argument<string[]> Files = new("FILE") { Description = "Image files: PNG, JPEG, WebP, BMP or GIF.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> Key = new("--key") { Description = $"The key of the watermark to look for: {WatermarkKeyText.Forms}.", HelpName = "KEY" };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("verify-image", "Shows where images say that they come from, and finds the watermark of a key.") { Files, Key, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, _) => Execute(parsed, services)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services)
    {
        var key = parsed.GetValue(Key) is { } text ? WatermarkKeyText.Read("--key", text) : null;
        var screen = services.GetRequiredService<Screen>();
        var answers = new List<object>();
        var unread = 0;
        foreach (var path in parsed.GetValue(Files)!)
        {
            try
            {
                if (DataFile.OtherKind(path) is { } kind)
                    throw new InvalidDataException($"it is {kind}; name an image");
                var file = File.ReadAllBytes(path);
                var detection = key is null ? null : WatermarkDetector.Detect(Png.Decode(file), key);
                var provenance = ImageProvenance.Read(file);
                Show(screen, path, provenance, detection);
                answers.Add(new { file = path, watermark = detection is null ? null : new { present = detection.IsPresent, detection.Score, detection.FalseAlarm }, provenance });
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or ComponentException)
            {
                // The other files still get their answer.
                unread++;
                screen.Error($"{path}: {error.Message}");
                answers.Add(new { file = path, error = error.Message });
            }
        }
        screen.Answer(answers);
        return unread > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Show(Screen screen, string path, ImageProvenance? provenance, WatermarkDetection? detection)
    {
        screen.Line(path);
        if (detection is not null)
            screen.Line(string.Create(CultureInfo.InvariantCulture,
                $"  watermark   {(detection.IsPresent ? "present" : "absent")}, score {detection.Score:0.0}, found by chance with a probability of at most {detection.FalseAlarm:0.##e+0}"));
        if (provenance is null)
        {
            screen.Line("  provenance  none: the file carries no XMP");
            return;
        }
        foreach (var (name, value) in new[] { ("source type", provenance.SourceType), ("software", provenance.Software), ("run", provenance.Run), ("model", provenance.ModelSha256) })
            if (value is not null)
                screen.Line($"  {name,-11} {value}");
    }
}
