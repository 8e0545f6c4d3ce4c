using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using PluginGan.Host.Plugins;
using PluginGan.Host.Runs;
using PluginGan.Host.Terminal;
using PluginGan.Training;
using Spectre.Console;
using static TorchSharp.torch;

namespace PluginGan.Host.Commands;

/// <summary><c>sample</c>: new samples from a trained generator.</summary>
internal static class SampleCommand
{
    private static readonly Argument<string> Run = CommonOptions.Run();
    private static readonly Option<string> Runs = CommonOptions.Runs();
    private static readonly Option<int?> Count = new("--count") { Description = "How many samples. Default 64, or one for each sample of --from.", HelpName = "N" };
    private static readonly Option<string?> Class = new("--class") { Description = "The class, by name or index, for class-conditional models; by default all in turn." };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "For models that are given images or vectors: a folder of images, a dataset's name, or a dataset as JSON, in whose order samples are made. Default: any of the run's evaluation data.",
        HelpName = "DATA",
    };

    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which samples: equal seeds give equal samples. Default 0.");
    private static readonly Option<string?> Out = new("--out") { Description = "A file for all samples on one sheet, or a folder (ending in /, or without an extension) for one file each, images at their own size. Default: generated/ in the run's folder.", HelpName = "FILE|DIR" };
    private static readonly Option<string?> Watermark = new("--watermark")
    {
        Description = $"Hides a watermark in images, for `verify-image` to find with the same key: {WatermarkKeyText.Forms}. Small images are enlarged for it.",
        HelpName = "KEY",
    };

    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Best = CommonOptions.Best();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("sample", "Generates samples from a run. Needs no dataset, unless the model translates or describes what is in one.") { Run, Runs, Best, Count, Class, From, Seed, Out, Watermark, Device, Threads, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var seed = parsed.GetValue(Seed) ?? 0;
        if (parsed.GetValue(Count) is < 1 and var none)
            throw new UsageException($"--count must be at least 1, but is {none}");
        var key = parsed.GetValue(Watermark) is { } text ? WatermarkKeyText.Read("--watermark", text) : null;
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device;
        using var scope = NewDisposeScope();
        var (catalogue, factory) = (services.GetRequiredService<PluginCatalogue>(), services.GetRequiredService<ComponentFactory>());
        using var trained = TrainedModel.Open(directory, catalogue, factory, device, parsed.GetValue(Best), stopping);
        var sampler = new Sampler(trained.Model, device);
        var (count, conditions) = new SampleConditions(trained, factory, catalogue.Components, device, stopping).Of(parsed.GetValue(Count), parsed.GetValue(Class), parsed.GetValue(From), seed);
        var samples = sampler.Generate(count, conditions, Seeds.Of(seed, "sample"));
        var extension = SampleFile.Extension(trained.Data.Sample);
        var target = parsed.GetValue(Out) ?? Path.Combine(directory.Path, "generated", $"{Named(parsed.GetValue(Class) ?? Path.GetFileName(parsed.GetValue(From)?.TrimEnd('/')))}{count}-seed-{seed}{extension}");
        var single = target.EndsWith('/') || Directory.Exists(target) || Path.GetExtension(target).Length == 0;
        var files = single
            ? [.. Enumerable.Range(0, count).Select(index => (Path.Combine(target, index.ToString("D5", CultureInfo.InvariantCulture) + extension), samples.narrow(0, index, 1)))]
            : new List<(string Path, Tensor Samples)> { (target, samples) };
        var psnrs = new List<double>();
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllBytes(path, Encoded(content));
        }
        var screen = services.GetRequiredService<Screen>();
        if (trained.Draws != Draws.Version)
            screen.Warning($"this run was begun by a release that drew other random numbers (version {trained.Draws}, now {Draws.Version}): the model is the same, but that release gives other samples of seed {seed}");
        screen.Line(files.Count == 1 ? files[0].Path : $"{files.Count} files in {target}");
        if (psnrs.Count > 0)
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"watermarked, {psnrs.Min():0.0} dB or better"));
        screen.Answer(new { run = directory.Name, seed, count, files = files.Select(file => Path.GetFullPath(file.Path)), watermarkPsnr = psnrs.Count > 0 ? psnrs.Min() : (double?)null });
        return ExitCode.Done;

        byte[] Encoded(Tensor content)
        {
            var columns = Columns(trained.Model, content.shape[0]);
            if (key is not null)
                return Marked(content, columns);
            if (single)
                return SampleFile.EncodeSingle(content, trained.Data.Sample, trained.Provenance);
            // A translation is judged beside what it was made from.
            return conditions is not null && TranslationSheet.IsFor(new DataSpec(trained.Data.Sample, trained.Model.Condition))
                ? SampleFile.Encode(TranslationSheet.Sections([conditions, content], columns), trained.Data.Sample, columns, trained.Provenance with { SourceType = ImageProvenance.Composite })
                : SampleFile.Encode([content], trained.Data.Sample, columns, trained.Provenance);
        }

        // What is written is what circulates: the mark is in the file's pixels, be it one image or a sheet.
        byte[] Marked(Tensor content, int columns)
        {
            if (trained.Data.Sample is not (ImageSpec or VideoSpec))
                throw new UsageException($"--watermark: only images can carry one, but this model makes {trained.Data.Sample}");
            var marked = WatermarkEmbedder.Embed(
                single && trained.Data.Sample is ImageSpec ? ImageGrid.DrawOne(content[0], WatermarkEmbedder.SmallestSide) : SampleFile.Draw([content], trained.Data.Sample, columns, WatermarkEmbedder.SmallestSide), key);
            psnrs.Add(marked.Psnr);
            return Png.Encode(marked.Image, trained.Provenance);
        }
    }

    // The class, or the folder of the sources, as a part of a file's name.
    private static string Named(string? wanted) => wanted is null ? "" : $"{string.Concat(wanted.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'))}-";

    private static int Columns(GanModel model, long count) =>
        model.Condition is ClassCondition { Count: <= 25 } classes && count > classes.Count ? classes.Count : (int)Math.Ceiling(Math.Sqrt(count));
}
