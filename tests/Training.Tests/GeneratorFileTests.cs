using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using PluginGan.TestPlugins;
using static TorchSharp.torch;

namespace PluginGan.Training.Tests;

/// <summary>Weights of a generator that are not what was written, or that nothing can be generated with.</summary>
public class GeneratorFileTests
{
    [Test]
    public void Any_changed_byte_is_refused_or_changes_nothing_that_is_used()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var path = Path.Combine(folder.Path, "generator.safetensors");
        GeneratorFile.Write(path, GeneratorFile.Tensors(model), 12);
        var whole = File.ReadAllBytes(path);
        var unsealed = new List<int>();
        for (var place = 0; place < whole.Length; place++)
        {
            var changed = (byte[])whole.Clone();
            changed[place] ^= (byte)(1 << (place % 8));
            File.WriteAllBytes(path, changed);
            try
            {
                Assert.That(GeneratorFile.Load(path, model).Iteration, Is.EqualTo(12));
                unsealed.Add(place);
            }
            catch (DamagedWeightsException damage)
            {
                Assert.That(damage.Message, Does.Contain(path).And.Contain("damaged"));
            }
        }
        // Without the name of the hash the file is one of an earlier version, with the same weights.
        var key = whole.AsSpan().IndexOf("sha256"u8);
        Assert.That(unsealed, Is.SubsetOf(Enumerable.Range(key - 1, 9)));
    }

    [Test]
    public void A_file_that_is_cut_anywhere_is_damaged()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var path = Path.Combine(folder.Path, "generator.safetensors");
        GeneratorFile.Write(path, GeneratorFile.Tensors(model), 12);
        var whole = File.ReadAllBytes(path);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.That(() => GeneratorFile.Load(path, model), Throws.TypeOf<DamagedWeightsException>(), $"cut to {length} bytes");
        }
    }

    [Test]
    public void The_hash_is_that_of_the_file_with_zeros_in_its_place()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var path = Path.Combine(folder.Path, "generator.safetensors");
        GeneratorFile.Write(path, GeneratorFile.Tensors(model), 12);
        var bytes = File.ReadAllBytes(path);
        using var stream = File.OpenRead(path);
        var stated = Safetensors.ReadMetadata(stream)["sha256"];
        bytes.AsSpan().Slice(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(stated)), 64).Fill((byte)'0');

        Assert.That(Convert.ToHexStringLower(SHA256.HashData(bytes)), Is.EqualTo(stated));
        var file = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
        Assert.That(GeneratorFile.Load(path, model).Sha256, Is.EqualTo(file));
        Assert.That(GeneratorFile.Sha256(GeneratorFile.Tensors(model), 12), Is.EqualTo(file));
    }

    [Test]
    public void Files_of_earlier_versions_are_loaded()
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var path = Path.Combine(folder.Path, "generator.safetensors");
        var metadata = new Dictionary<string, string> { ["format"] = "pt", ["iteration"] = "7" };
        AtomicFile.Write(path, stream => Safetensors.Write(stream, GeneratorFile.Tensors(model), metadata));

        Assert.That(GeneratorFile.Load(path, model).Iteration, Is.EqualTo(7));
    }

    [TestCase(float.NaN)]
    [TestCase(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_by_name(float value)
    {
        using var folder = new TemporaryFolder();
        using var model = Model();
        var path = Path.Combine(folder.Path, "generator.safetensors");
        using (no_grad())
            model.Networks[Roles.Generator].parameters().First()[0].fill_(value);
        GeneratorFile.Write(path, GeneratorFile.Tensors(model), 12);

        Assert.That(
            () => GeneratorFile.Load(path, model),
            Throws.TypeOf<DamagedWeightsException>().With.Message.Contains("'generator.").And.Message.Contains("not finite"));
    }

    [TestCase(true, TestName = "A resume writes a damaged generator anew")]
    [TestCase(false, TestName = "A resume writes a missing generator anew")]
    public void Mended(bool damaged)
    {
        const string Settings = "\"iterations\": 10, \"logEvery\": 5, \"snapshotEvery\": 0, \"checkpointEvery\": 5";
        using var folder = new TemporaryFolder();
        string path;
        using (var run = new WatchedRun(folder.Path, Settings).Run())
            path = run.Directory.GeneratorPath;
        var whole = File.ReadAllBytes(path);
        File.Delete(path);
        if (damaged)
            File.WriteAllBytes(path, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);

        using var resumed = new WatchedRun(folder.Path, Settings).Resume().Run();

        Assert.That(File.ReadAllBytes(path), Is.EqualTo(whole));
    }

    private static TinyModel Model() => new(new TinyOptions(), new ModelSpec(new DataSpec(new VectorSpec(2), ConditionSpec.None), 1));
}
