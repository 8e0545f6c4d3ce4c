using System.Buffers.Binary;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>What a user sees whose data files are not what they should be.</summary>
public class BadDataTests
{
    private const string Images = "train-images-idx3-ubyte";
    private const string Labels = "train-labels-idx1-ubyte";

    [Test]
    public void Missing_files_are_named() => Refuses(_ => { }, Images);

    [Test]
    public void A_truncated_file_is_named() => Refuses(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, Images), Idx(0x803, 64, 64, 28, 28)[..5000]);
        File.WriteAllBytes(Path.Combine(folder, Labels), Idx(0x801, 64, 64));
    }, Images);

    [Test]
    public void A_header_that_claims_more_than_the_file_holds_is_named() => Refuses(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, Images), Idx(0x803, int.MaxValue, 64, 28, 28));
        File.WriteAllBytes(Path.Combine(folder, Labels), Idx(0x801, 64, 64));
    }, Images);

    [Test]
    public void A_wrong_magic_number_is_named() => Refuses(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, Images), Idx(0x4711, 64, 64, 28, 28));
        File.WriteAllBytes(Path.Combine(folder, Labels), Idx(0x801, 64, 64));
    }, Images);

    [Test]
    public void Images_of_a_size_that_the_architecture_does_not_build_are_refused() => Refuses(folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, Images), Idx(0x803, 64, 64, 30, 30));
        File.WriteAllBytes(Path.Combine(folder, Labels), Idx(0x801, 64, 64));
    }, "28");

    private static void Refuses(Action<string> write, string expected)
    {
        using var product = new Product();
        var folder = Directory.CreateDirectory(Path.Combine(product.Folder, "idx")).FullName;
        write(folder);
        product.File("recipe.json", """
            { "name": "bad", "dataset": { "name": "mnist", "path": "idx" }, "architecture": { "name": "dcgan", "width": 4 }, "loss": "hinge", "training": { "iterations": 2, "batch": 8 } }
            """);

        var outcome = product.Run("train", "recipe.json");

        Assert.Multiple(() =>
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.ToString());
            Assert.That(outcome.Errors, Does.Contain(expected));
            Assert.That(outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(1), outcome.Errors);
            Assert.That(Directory.Exists(product.Runs), Is.False);
        });
    }

    // An IDX file whose header claims one count and whose body holds another.
    private static byte[] Idx(int magic, int claimed, int count, params int[] sizes)
    {
        int[] header = [magic, claimed, .. sizes];
        var bytes = new byte[header.Length * 4 + sizes.Aggregate(count, (product, size) => product * size)];
        for (var index = 0; index < header.Length; index++)
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(index * 4), header[index]);
        return bytes;
    }
}
