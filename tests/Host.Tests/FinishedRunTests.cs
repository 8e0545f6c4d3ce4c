using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using PluginGan.Host.Commands;
using PluginGan.Training;

namespace PluginGan.Host.Tests;

/// <summary>Commands on runs that are there: what they write, in which format, and what they do with paths that cannot be.</summary>
[NonParallelizable]
public class FinishedRunTests
{
    private static readonly string[] Common = ["--plugins", PluginFolders.BuiltIn];
    private static readonly string[] OnCpu = [.. Common, "--device", "cpu", "--threads", "1"];

    private InProcess product = null!;

    [OneTimeSetUp]
    public void Train()
    {
        product = new InProcess();
        product.File("pictures.json", """
            {
              "dataset": { "name": "fashion-mnist-10k", "subset": 32 },
              "architecture": { "name": "dcgan", "width": 8, "conditional": true },
              "loss": "hinge",
              "training": { "iterations": 1, "batch": 4 }
            }
            """);
        product.File("points.json", """
            {
              "dataset": "mixture-ring",
              "architecture": { "name": "mlp", "generatorWidths": [8], "discriminatorWidths": [8] },
              "loss": "hinge",
              "training": { "iterations": 1, "batch": 4 }
            }
            """);
        foreach (var recipe in new[] { "pictures.json", "points.json" })
            Assert.That(product.Run(["train", recipe, .. OnCpu]), Has.Property(nameof(Answer.Code)).EqualTo(ExitCode.Done));
    }

    [OneTimeTearDown]
    public void Leave() => product.Dispose();

    [TestCase("a.png", "png")]
    [TestCase("A.PNG", "png")]
    [TestCase("a.jpg", "jpeg")]
    [TestCase("a.jpeg", "jpeg")]
    [TestCase("a.webp", "webp")]
    public void Images_are_written_as_the_extension_says_and_each_file_says_where_it_is_from(string file, string format)
    {
        var answer = product.Run(["sample", "pictures", "--count", "6", "--out", file, .. OnCpu]);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.Done), answer.ToString());
        var bytes = File.ReadAllBytes(file);
        var (head, provenance) = (Encoding.Latin1.GetString(bytes, 0, 12), ImageProvenance.Read(bytes)!);
        Assert.That(format switch { "png" => head[1..4] == "PNG", "jpeg" => head[..2] == "\u00ff\u00d8", _ => head[8..] == "WEBP" }, head);
        var expected = (176, ImageProvenance.Generated, Path.GetFileName(Run("pictures")));
        Assert.That((Png.Decode(bytes).Width, provenance.SourceType, provenance.Run), Is.EqualTo(expected));
    }

    [Test]
    public void What_else_is_not_written_is_refused_with_what_is(
        [Values("export points --out g.onnx", "report points --out g.pdf", "evaluate points --save-features g.npz")] string command)
    {
        var answer = product.Run([.. command.Split(' '), .. Common]);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage), answer.ToString());
        Assert.That(answer.Errors, Does.Match(@"what is written is no '\.\w+'; name a file that ends in \.(safetensors|html)"));
        Assert.That(Directory.GetFiles(".", "g.*"), Is.Empty);
    }

    [TestCase("pictures", "pictures.gif", "samples are not written as '.gif'; name a file that ends in .png, .jpg, .jpeg, .webp, .npz, or a folder")]
    [TestCase("pictures", "pictures.csv", "image samples are not written as '.csv'")]
    [TestCase("points", "points.parquet", "vector samples are not written as '.parquet'; name a file that ends in .csv, .npz, or a folder")]
    [TestCase("points", "points.png", "vector samples are not written as '.png'")]
    public void A_sample_that_is_not_written_is_refused_with_what_is(string run, string file, string expected)
    {
        var answer = product.Run(["sample", run, "--out", file, .. OnCpu]);

        Assert.That(answer.Code, Is.EqualTo(ExitCode.BadUsage), answer.ToString());
        Assert.That(answer.Errors, Does.Contain(expected));
        Assert.That(File.Exists(file), Is.False);
    }

    [Test]
    public void Arrays_hold_the_samples_their_classes_and_where_they_are_from()
    {
        Assert.That(product.Run(["sample", "pictures", "--count", "12", "--out", "a.npz", .. OnCpu]).Code, Is.Zero);
        Assert.That(product.Run(["sample", "points", "--count", "5", "--out", "b.npz", .. OnCpu]).Code, Is.Zero);

        using var pictures = ZipFile.OpenRead("a.npz");
        using var points = ZipFile.OpenRead("b.npz");
        Assert.That(pictures.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "samples.npy", "classes.npy" }));
        Assert.That(points.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "samples.npy" }));
        Assert.That(Header(pictures, "samples.npy"), Does.StartWith("{'descr': '|u1', 'fortran_order': False, 'shape': (12, 28, 28, ), }"));
        Assert.That(Header(pictures, "classes.npy"), Does.StartWith("{'descr': '<i8', 'fortran_order': False, 'shape': (12, ), }"));
        Assert.That(Header(points, "samples.npy"), Does.StartWith("{'descr': '<f4', 'fortran_order': False, 'shape': (5, 2, ), }"));
        Assert.That(ImageProvenance.Read(File.ReadAllBytes("a.npz"))!.Run, Is.EqualTo(Path.GetFileName(Run("pictures"))));
    }

    [Test]
    public void Samples_are_not_mixed_with_those_of_an_earlier_call_in_one_folder()
    {
        Answer Sample(params string[] more) => product.Run(["sample", "points", "--out", "each/", .. more, .. OnCpu]);
        string[] Files() => [.. Directory.GetFiles("each").Select(path => Path.GetFileName(path)).Order()];
        Assert.That(Sample("--count", "3").Code, Is.Zero);
        File.WriteAllText("each/notes.txt", "kept");
        var before = Files();

        var refused = Sample("--count", "2", "--seed", "1");

        Assert.That(refused.Code, Is.EqualTo(ExitCode.BadUsage), refused.ToString());
        Assert.That(Files(), Is.EqualTo(before));
        Assert.That(refused.Errors, Does.Contain("--out: the folder 'each/' holds samples already, 3 files from '00000.csv' to '00002.csv'").And.Contain("--overwrite"));
        Assert.That(Sample("--count", "2", "--seed", "1", "--overwrite").Code, Is.Zero);
        Assert.That(Files(), Is.EqualTo(new[] { "00000.csv", "00001.csv", "notes.txt" }));
    }

    [Test]
    public void A_sheet_that_is_too_large_is_refused_and_a_folder_advised()
    {
        var answer = product.Run(["sample", "pictures", "--count", "30000", "--out", "large.png", .. OnCpu]);
        var more = product.Run(["sample", "pictures", "--count", "2147483647", "--out", "many/", .. OnCpu]);

        Assert.That((answer.Code, more.Code), Is.EqualTo((ExitCode.BadUsage, ExitCode.BadUsage)), answer.ToString());
        Assert.That(answer.Errors, Does.Contain("a sheet of 30000 images would have 582×174002 pixels").And.Contain("--out FOLDER/"));
        Assert.That(more.Errors, Does.Contain("2147483647 samples do not fit into the memory of this machine; ask for at most"));
    }

    [Test]
    public void Real_points_stand_in_a_file_of_their_own()
    {
        var samples = Path.Combine(Run("points"), "samples");

        var (real, generated) = (File.ReadAllLines(Path.Combine(samples, "real.csv")), File.ReadAllLines(Path.Combine(samples, "0000001.csv")));

        Assert.That(real.Concat(generated), Has.None.Empty);
        Assert.That((real.Length, generated.Length), Is.EqualTo((20, 60)));
        Assert.That(RunDirectory.Open("runs", "points").LatestSheet(), Does.EndWith("0000001.csv"));
        Assert.That(product.Run(["report", "points"]).Code, Is.Zero);
        Assert.That(File.ReadAllText(Path.Combine(Run("points"), "report.html")), Does.Contain("real, 20").And.Contain("generated, 60"));
    }

    [Test]
    public void With_json_standard_error_is_for_what_is_wrong()
    {
        string[][] commands =
        [
            ["plugins", "list"], ["plugins", "describe", "mlp"], ["runs", "list"], ["runs", "show", "points"], ["report", "points"],
            ["export", "points"], ["verify-image", "a.png"], ["sample", "points", "--out", "json.csv"], ["explore", "points", "--only", "traversal"],
        ];
        product.Run(["sample", "pictures", "--out", "a.png", .. OnCpu]);

        Assert.Multiple(() =>
        {
            foreach (var command in commands)
            {
                var answer = product.Run([.. command, "--json", .. Common]);
                Assert.That((answer.Code, answer.Errors), Is.EqualTo((ExitCode.Done, "")), string.Join(' ', command));
                Assert.That(() => JsonDocument.Parse(answer.Output), Throws.Nothing, string.Join(' ', command));
            }
        });
    }

    [Test]
    public void A_path_that_cannot_be_written_is_one_message()
    {
        var longer = new string('x', 5000);
        string[] commands = ["sample", "export", "report", "explore"];

        Assert.Multiple(() =>
        {
            foreach (var command in commands)
            {
                foreach (var path in new[] { $"{longer}.csv", "/dev/null/x.csv", "/proc/x/y.csv" })
                {
                    var answer = product.Run([command, "points", "--out", path, .. Common]);
                    Assert.That(answer.Code, Is.AnyOf(ExitCode.Failed, ExitCode.BadUsage), $"{command} {path[..10]}: {answer}");
                    Assert.That(answer.Errors, Does.StartWith("error: ").And.Not.Contain("Exception").And.Not.Contain("   at "), command);
                    Assert.That(answer.Errors.Trim().Split('\n'), Has.Length.EqualTo(1), command);
                }
            }
        });
    }

    private static string Run(string name) => RunDirectory.Open("runs", name).Path;

    private static string Header(ZipArchive archive, string name)
    {
        using var stream = archive.GetEntry(name)!.Open();
        var head = new byte[128];
        stream.ReadAtLeast(head, 128, throwOnEndOfStream: false);
        Assert.That(head[..8], Is.EqualTo((byte[])[0x93, .. "NUMPY"u8, 1, 0]));
        var length = head[8] + 256 * head[9];
        Assert.That((10 + length) % 64, Is.Zero, "NumPy aligns the elements");
        return Encoding.ASCII.GetString(head, 10, Math.Min(length, 118));
    }
}
