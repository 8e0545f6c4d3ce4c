using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What is exported, and whether a Python that knows nothing of us makes the same images from it.</summary>
public class ExportTests
{
    private const string Python = "/usr/bin/python3";

    private static readonly string Script = Path.Combine(Product.Repository, "docs", "load_generator.py");

    [TestCase("\"conditional\": true", TestName = "Python makes the images of a class-conditional generator")]
    [TestCase("\"conditional\": false, \"latent\": 20", TestName = "Python makes the images of a generator without classes")]
    public void Python_makes_the_same_images(string options)
    {
        RequireTorch();
        using var product = new Product();
        product.File("recipe.json", $$"""
            {
              "name": "images",
              "dataset": { "name": "fashion-mnist-10k", "subset": 200 },
              "architecture": { "name": "dcgan", "width": 8, {{options}} },
              "loss": "hinge",
              "training": { "iterations": 6, "batch": 16, "snapshotEvery": 0, "ema": { "halfLifeKimg": 0.05 } }
            }
            """);
        var train = product.Run("train", "recipe.json");
        Assert.That(train.ExitCode, Is.Zero, train.ToString());

        var export = product.Run("export", "images", "--out", "out/generator.safetensors", "--samples", "7", "--json");
        var (code, said) = Run(product, "out/generator.safetensors", "--check", "out/generator.samples.safetensors", "--out", "image.pgm", "--label", "3");

        Assert.That(export.ExitCode, Is.Zero, export.ToString());
        Assert.That(JsonDocument.Parse(export.Output).RootElement.GetProperty("iteration").GetInt64(), Is.EqualTo(6));
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.Contain("7 samples"));
        Assert.That(File.ReadAllBytes(Path.Combine(product.Folder, "image.pgm")), Has.Length.EqualTo("P5\n28 28\n255\n".Length + 28 * 28));

        // The check can fail: other samples are told from these.
        product.Run("export", "images", "--out", "other.safetensors", "--samples", "7", "--seed", "1");
        Damage(Path.Combine(product.Folder, "other.samples.safetensors"));
        Assert.That(Run(product, "out/generator.safetensors", "--check", "other.samples.safetensors").Code, Is.Not.Zero);
    }

    [Test]
    public void The_header_tells_what_the_weights_are_of()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Recipe.Tiny.With("\"iterations\": 40", "\"iterations\": 12"));
        product.Run("train", "recipe.json");

        var outcome = product.Run("export", "tiny");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        var header = Header(Path.Combine(product.OnlyRun(), "export", "generator.safetensors"));
        var metadata = header.GetProperty("__metadata__");
        string Text(string key) => metadata.GetProperty(key).GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(header.EnumerateObject().Select(entry => entry.Name), Is.EquivalentTo(new[] { "__metadata__", "generator.output.weight", "generator.output.bias" }));
            Assert.That(Text("iteration"), Is.EqualTo("12"));
            Assert.That(Text("run"), Is.EqualTo(Path.GetFileName(product.OnlyRun())));
            Assert.That(JsonDocument.Parse(Text("architecture")).RootElement.GetProperty("latent").GetInt32(), Is.EqualTo(4));
            Assert.That(JsonDocument.Parse(Text("data")).RootElement.GetProperty("sample").GetProperty("kind").GetString(), Is.EqualTo("vector"));
            Assert.That(Text("condition"), Is.EqualTo("""{"kind":"none"}"""));
        });
    }

    private static JsonElement Header(string path)
    {
        using var file = new BinaryReader(File.OpenRead(path));
        return JsonElement.Parse(file.ReadBytes((int)file.ReadInt64()));
    }

    // Turns over the sign of the last value, which is one of the last sample's.
    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 0x80;
        File.WriteAllBytes(path, bytes);
    }

    private static (int Code, string Said) Run(Product product, params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, [Script, .. arguments]) { WorkingDirectory = product.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OMP_NUM_THREADS"] = "1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static void RequireTorch()
    {
        if (!File.Exists(Python))
            Assert.Ignore($"there is no {Python}");
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import torch"]) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            Assert.Ignore($"{Python} has no torch");
    }
}
