using System.Security.Cryptography;
using System.Text;
using PluginGan.Bench.Results;
using PluginGan.Training;

namespace PluginGan.Repro;

/// <summary>Whether watermarks are found after what happens to images, and only where they are.</summary>
/// <param name="host">Trains the model whose images are marked.</param>
/// <param name="quick">Whether it is only to be seen that the study runs.</param>
internal sealed class WatermarkStudy(HostProgram host, bool quick)
{
    private const string FalseAlarms = "False alarms, images before marking and after the chain, each with keys of its own";

    private readonly int images = quick ? 3 : 250;
    private readonly int wrongKeys = quick ? 4 : 100;
    private readonly Tilings tilings = new(seed: 1);

    // What is done to an image between marking and looking; the first is the one that is demanded.
    private static readonly (string Name, int Quality, double Scale, bool Cubic)[] Attacks =
    [
        ("JPEG 80, cubic to 90 %", 80, 0.9, true),
        ("JPEG 80, linear to 90 %", 80, 0.9, false),
        ("JPEG 80, cubic to 75 %", 80, 0.75, true),
        ("JPEG 80, cubic to 130 %", 80, 1.3, true),
        ("JPEG 60, cubic to 90 %", 60, 0.9, true),
        ("JPEG 40, no resizing", 40, 1, true),
    ];

    /// <summary>Trains, if that is not yet done, and measures.</summary>
    /// <exception cref="InvalidOperationException">The host failed.</exception>
    public ResultFile Run()
    {
        var recipe = Path.Combine(Tilings.Repository, "recipes", "quickstart.json");
        string[] settings = quick
            ? ["architecture.width=4", "training.iterations=2", "training.batch=8", "evaluators=[]"]
            : ["training.iterations=500", "evaluators=[]"];
        // Another recipe makes another model: its run is told from older ones by its name.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(File.ReadAllText(recipe) + string.Join('\n', settings)));
        var run = host.Train($"watermark-{Convert.ToHexStringLower(hash)[..8]}", recipe, settings);
        var measurements = new List<Measurement>();
        var unmarked = new List<RgbImage>();
        var marked = new List<RgbImage>();
        foreach (var (name, source) in Sources(run))
        {
            var originals = Enumerable.Range(0, images).Select(source).ToList();
            measurements.AddRange(Found(name, originals, marked));
            unmarked.AddRange(originals);
            Console.WriteLine($"{name}: {originals.Count} images");
        }
        measurements.AddRange(FoundByMistake(unmarked, marked));
        return new ResultFile
        {
            Machine = Machine.Here(host.Device),
            Date = DateOnly.FromDateTime(DateTime.UtcNow),
            Command = $"repro watermark{(quick ? " --quick" : "")}",
            Versions = run.Versions(),
            Measurements = measurements,
        };
    }

    private IEnumerable<(string Name, Func<int, RgbImage> Image)> Sources(FinishedRun run)
    {
        var folder = Directory.CreateTempSubdirectory("watermark-study-");
        try
        {
            var files = host.Sample(run, images, folder.FullName);
            yield return ("Generated, quickstart after 500 iterations, enlarged to 64×64", index => Enlarged(files[index]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        yield return ("Fashion-MNIST, 2×2 enlarged to 64×64", _ => tilings.Grey(2, 64));
        yield return ("Fashion-MNIST, 3×3 enlarged to 96×96", _ => tilings.Grey(3, 96));
        yield return ("Fashion-MNIST in three colours, 2×2 enlarged to 64×64", _ => tilings.Colour(2, 64));
        yield return ("Fashion-MNIST in three colours, 4×4 enlarged to 224×224", _ => tilings.Colour(4, 224));
    }

    // The file shows the image enlarged twice within a border of two pixels.
    private static RgbImage Enlarged(string file) => Png.Resize(Tilings.Within(Png.Decode(File.ReadAllBytes(file)), 2), 64, 64, smooth: true);

    private static IEnumerable<Measurement> Found(string group, List<RgbImage> originals, List<RgbImage> attacked)
    {
        var psnrs = new List<double>();
        var found = new int[Attacks.Length];
        var scores = new List<double>();
        for (var index = 0; index < originals.Count; index++)
        {
            var key = new WatermarkKey($"{group} {index}");
            RgbImage image;
            try
            {
                (image, var psnr) = WatermarkEmbedder.Embed(originals[index], key);
                psnrs.Add(psnr);
            }
            catch (ComponentException)
            {
                // A refused image counts as one that is not found.
                continue;
            }
            // As it is written and read: PNG, JPEG, resized, PNG.
            var written = Png.Decode(Png.Encode(image));
            for (var attack = 0; attack < Attacks.Length; attack++)
            {
                var after = Attacked(written, Attacks[attack]);
                var detection = WatermarkDetector.Detect(after, key);
                found[attack] += detection.IsPresent ? 1 : 0;
                if (attack == 0)
                {
                    scores.Add(detection.Score);
                    attacked.Add(after);
                }
            }
        }
        for (var attack = 0; attack < Attacks.Length; attack++)
            yield return new Measurement(group, $"found of {originals.Count} after {Attacks[attack].Name}", "%", [100.0 * found[attack] / originals.Count]) { Demanded = attack == 0 ? new Demand(AtLeast: 95) : null };
        yield return new Measurement(group, $"score after {Attacks[0].Name}", "", scores);
        yield return new Measurement(group, "PSNR", "dB", psnrs);
        yield return new Measurement(group, "lowest PSNR", "dB", [psnrs.Min()]) { Demanded = new Demand(AtLeast: WatermarkEmbedder.LowestPsnr) };
    }

    private static RgbImage Attacked(RgbImage image, (string Name, int Quality, double Scale, bool Cubic) attack)
    {
        var compressed = Png.Decode(Png.EncodeJpeg(image, attack.Quality));
        var resized = attack.Scale == 1 ? compressed
            : Png.Resize(compressed, (int)Math.Round(attack.Scale * image.Width), (int)Math.Round(attack.Scale * image.Height), attack.Cubic);
        return Png.Decode(Png.Encode(resized));
    }

    private IEnumerable<Measurement> FoundByMistake(List<RgbImage> unmarked, List<RgbImage> marked)
    {
        foreach (var (name, looked) in new[] { ("unmarked images", unmarked), ("marked images, wrong keys", marked) })
        {
            var probabilities = looked
                .SelectMany((image, index) => Enumerable.Range(0, wrongKeys).Select(number => WatermarkDetector.Detect(image, new WatermarkKey($"wrong {name} {index} {number}")).FalseAlarm))
                .ToList();
            var trials = $"{looked.Count} {name}, {probabilities.Count} trials";
            yield return new Measurement(FalseAlarms, $"{trials}: found", "%", [Share(WatermarkDetection.Threshold)]) { Demanded = new Demand(AtMost: 0.1) };
            // Whether the stated probability is one: it bounds how often as much is found.
            foreach (var level in new[] { 0.1, 0.01, 0.001 })
                yield return new Measurement(FalseAlarms, $"{trials}: stated probability at most {Statistics.Format(level)}", "%", [Share(level)]) { Demanded = new Demand(AtMost: 100 * level) };

            double Share(double level) => 100.0 * probabilities.Count(probability => probability <= level) / probabilities.Count;
        }
    }
}
