using System.Diagnostics;
using PluginGan.Bench.Games;
using PluginGan.Bench.Results;
using PluginGan.Plugins.Images;
using PluginGan.Plugins.Images.Folders;
using PluginGan.Training;

namespace PluginGan.Bench.Measures;

/// <summary>How long a folder of PNG files takes until it is ready: decoded, and from the cache.</summary>
internal sealed class ImageLoading : IMeasure
{
    private const int Side = 64;
    private const int Classes = 10;

    public string Name => "images";

    public IEnumerable<Measurement> Take(BenchSettings settings)
    {
        var folder = Directory.CreateTempSubdirectory("plugingan-bench-");
        try
        {
            var count = settings.Count(10_000, 40);
            var images = Path.Combine(folder.FullName, "images");
            Parallel.For(0, count, image => Draw(Path.Combine(images, $"{image % Classes}", $"{image:00000}.png"), image));
            var parts = new PluginParts(new ImagesPlugin());
            List<double> first = [], second = [];
            for (var trial = 0; trial < settings.Trials; trial++)
            {
                var data = Path.Combine(folder.FullName, $"data{trial}");
                first.Add(Open(parts, images, data));
                second.Add(Open(parts, images, data));
                Directory.Delete(data, recursive: true);
            }
            var group = $"Folder of {count} PNG files of {Side}×{Side}, RGB, until it is ready";
            yield return new Measurement(group, "decoded, and the cache written", "s", first) { Demanded = new Demand(AtMost: 3) };
            yield return new Measurement(group, "from the cache", "s", second) { Demanded = new Demand(AtMost: 0.5) };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double Open(PluginParts parts, string images, string data)
    {
        var watch = Stopwatch.StartNew();
        using var opened = parts.Dataset("image-folder", new ImageFolderOptions { Path = images, Split = FolderSplit.All }, data);
        return watch.Elapsed.TotalSeconds;
    }

    // Waves with some noise: what takes about as much to decode as photographs do.
    private static void Draw(string path, int seed)
    {
        var random = new Random(seed);
        var waves = Enumerable.Range(0, 4).Select(_ => (X: random.NextDouble() * 0.3, Y: random.NextDouble() * 0.3, Phase: random.NextDouble() * 6)).ToArray();
        var rgb = new byte[3 * Side * Side];
        for (var at = 0; at < rgb.Length; at++)
        {
            var (x, y, channel) = (at / 3 % Side, at / 3 / Side, at % 3);
            var wave = waves.Sum(wave => Math.Sin(wave.X * x + wave.Y * y + wave.Phase * (1 + channel)));
            rgb[at] = (byte)Math.Clamp(128 + 25 * wave + random.Next(-4, 5), 0, 255);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Png.Encode(new RgbImage(Side, Side, rgb)));
    }
}
