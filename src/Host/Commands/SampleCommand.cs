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
    private static readonly Option<int?> Count = NumberOption.Optional("--count", "How many samples. Default 64, or one for each sample of --from.", 1, int.MaxValue);
    private static readonly Option<string?> Class = new("--class") { Description = "The class, by name or index, for class-conditional models; by default all in turn." };
    private static readonly Option<string?> From = new("--from")
    {
        Description = "For models that are given images or vectors: a folder of images, a dataset's name, or a dataset as JSON, in whose order samples are made. Default: any of the run's evaluation data.",
        HelpName = "DATA",
    };

    private static readonly Option<ulong?> Seed = CommonOptions.Seed("Which samples: equal seeds give equal samples. Default 0.");
    private static readonly Option<string?> Out = new("--out") { Description = "A file for all samples: its extension says the format (images .png, .jpg or .webp on one sheet; .txt or .csv; .npz for Python). Or a folder (ending in /, or without an extension) for one file each, images at their own size. Default: generated/ in the run's folder.", HelpName = "FILE|DIR" };
    private static readonly Option<bool> Overwrite = FlagOption.Of(
        "--overwrite", "Deletes the numbered files of an earlier `sample` in the folder of --out, which is refused otherwise.");
    private static readonly Option<string?> Watermark = new("--watermark")
    {
        Description = $"Hides a watermark in images, for `verify-image` to find with the same key: {WatermarkKeyText.Forms}. Small images are enlarged for it.",
        HelpName = "KEY",
    };

    private static readonly Option<string> Device = CommonOptions.Device();
    private static readonly Option<int?> Threads = CommonOptions.Threads();
    private static readonly Option<bool> Best = CommonOptions.Best();
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("sample", "Generates samples from a run. Needs no dataset, unless the model translates or describes what is in one.") { Run, Runs, Best, Count, Class, From, Seed, Out, Overwrite, Watermark, Device, Threads, Json };
        command.SetAction((parsed, _) => Session.RunAsync(parsed, parsed.GetValue(Json), (services, stopping) => Execute(parsed, services, stopping)));
        return command;
    }

    private static int Execute(ParseResult parsed, IServiceProvider services, CancellationToken stopping)
    {
        var seed = parsed.GetValue(Seed) ?? 0;
        var key = parsed.GetValue(Watermark) is { } text ? WatermarkKeyText.Read("--watermark", text) : null;
        var directory = RunDirectory.Open(parsed.GetValue(Runs)!, parsed.GetValue(Run)!);
        var device = Machine.Use(parsed.GetValue(Device)!, parsed.GetValue(Threads)).Device;
        using var scope = NewDisposeScope();
        var (catalogue, factory) = (services.GetRequiredService<PluginCatalogue>(), services.GetRequiredService<ComponentFactory>());
        using var trained = TrainedModel.Open(directory, catalogue, factory, device, parsed.GetValue(Best), stopping);
        SampleMemory.Require("--count", parsed.GetValue(Count) ?? 1, trained.Data.Sample);
        var sampler = new Sampler(trained.Model, device);
        var (count, conditions) = new SampleConditions(trained, factory, catalogue.Components, device, stopping).Of(parsed.GetValue(Count), parsed.GetValue(Class), parsed.GetValue(From), seed);
        var spec = trained.Data.Sample;
        var target = SampleTarget.Of(parsed.GetValue(Out) ?? Path.Combine(directory.Path, "generated",
            $"{Named(parsed.GetValue(Class) ?? Path.GetFileName(parsed.GetValue(From)?.TrimEnd('/')))}{count}-seed-{seed}{SampleFile.Extension(spec)}"), spec);
        // A translation is judged beside what it was made from.
        var source = conditions is not null && TranslationSheet.IsFor(new DataSpec(spec, trained.Model.Condition)) ? ((SampleCondition)trained.Model.Condition).Sample : null;
        target.RequireSheet(count, Columns(trained.Model, count), spec, key is null ? source : null);
        if (key is not null && (spec is not (ImageSpec or VideoSpec) || target.IsArrays))
            throw new UsageException($"--watermark: only images can carry one, and {(target.IsArrays ? $"'{target.Path}' holds arrays" : $"this model makes {spec}")}");
        if (target.IsFolder)
            NumberedSamples.Require(target.Path, parsed.GetValue(Overwrite));
        OutputFile.PrepareFolder(Out.Name, target.IsFolder ? target.Path : Path.GetDirectoryName(Path.GetFullPath(target.Path))!);
        var samples = sampler.Generate(count, conditions, Seeds.Of(seed, "sample"), stopping);
        if (target.IsFolder)
            NumberedSamples.Delete(target.Path);
        var files = target.IsFolder
            ? [.. Enumerable.Range(0, count).Select(index => (NumberedSamples.Path(target.Path, index, target.Extension), samples.narrow(0, index, 1)))]
            : new List<(string Path, Tensor Samples)> { (target.Path, samples) };
        var psnrs = new List<double>();
        foreach (var (path, content) in files)
        {
            if (target.IsArrays)
                WriteArrays(path, content);
            else
                File.WriteAllBytes(path, Encoded(content));
        }
        var screen = services.GetRequiredService<Screen>();
        if (trained.Draws != Draws.Version)
            screen.Warning($"this run was begun by a release that drew other random numbers (version {trained.Draws}, now {Draws.Version}): the model is the same, but that release gives other samples of seed {seed}");
        screen.Line(files.Count == 1 ? files[0].Path : $"{files.Count} files in {target.Path}");
        if (psnrs.Count > 0)
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"watermarked, {psnrs.Min():0.0} dB or better"));
        screen.Answer(new { run = directory.Name, seed, count, files = files.Select(file => Path.GetFullPath(file.Path)), watermarkPsnr = psnrs.Count > 0 ? psnrs.Min() : (double?)null });
        return ExitCode.Done;

        byte[] Encoded(Tensor content)
        {
            var columns = Columns(trained.Model, content.shape[0]);
            if (key is not null)
                return Marked(content, columns);
            if (target.IsFolder)
                return SampleFile.EncodeSingle(content, spec, trained.Provenance);
            return source is not null
                ? SampleFile.Encode(TranslationSheet.Sections([conditions!, content], columns), spec, columns, trained.Provenance with { SourceType = ImageProvenance.Composite }, target.Extension)
                : SampleFile.Encode([content], spec, columns, trained.Provenance, target.Extension);
        }

        void WriteArrays(string path, Tensor content)
        {
            var arrays = new Dictionary<string, Tensor> { ["samples"] = SampleFile.Array(content, spec) };
            if (trained.Model.Condition is ClassCondition && conditions is not null)
                arrays["classes"] = conditions;
            using var file = File.Create(path);
            NumpyArchive.Write(file, arrays, spec is ImageSpec or VideoSpec ? trained.Provenance : null);
        }

        // What is written is what circulates: the mark is in the file's pixels, be it one image or a sheet.
        byte[] Marked(Tensor content, int columns)
        {
            var marked = WatermarkEmbedder.Embed(
                target.IsFolder && spec is ImageSpec ? ImageGrid.DrawOne(content[0], WatermarkEmbedder.SmallestSide) : SampleFile.Draw([content], spec, columns, WatermarkEmbedder.SmallestSide), key!);
            psnrs.Add(marked.Psnr);
            return ImageFile.Encode(marked.Image, target.Extension, trained.Provenance);
        }
    }

    // The class, or the folder of the sources, as a part of a file's name.
    private static string Named(string? wanted) => wanted is null ? "" : $"{string.Concat(wanted.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'))}-";

    private static int Columns(GanModel model, long count) =>
        model.Condition is ClassCondition { Count: <= 25 } classes && count > classes.Count ? classes.Count : (int)Math.Ceiling(Math.Sqrt(count));
}
