using System.Diagnostics;
using NUnit.Framework;
using PluginGan.Plugins.Images.Folders;

namespace PluginGan.Plugins.Tests.Images;

/// <summary>Folders in which there is more, or less, than images of classes.</summary>
public sealed class OddFolderTests
{
    [Test]
    public void A_pipe_among_the_images_is_passed_over_and_named()
    {
        using var folder = new PictureFolder().With("rgb.png", "a/1.png");
        Process.Start("mkfifo", [Path.Combine(folder.Root, "a", "2.png")]).WaitForExit();
        Process.Start("mkfifo", [Path.Combine(folder.Root, "unclaimed")]).WaitForExit();
        File.CreateSymbolicLink(Path.Combine(folder.Root, "a", "3.png"), "/dev/zero");

        using var images = folder.Open();

        Assert.That(images.Count, Is.EqualTo(1));
        Assert.That(folder.Warnings.Single(), Does.Contain("3 files (a/2.png is a pipe (FIFO), a/3.png is a device, unclaimed is a pipe (FIFO)) are left out"));
    }

    [Test]
    public void A_link_that_leads_to_itself_is_one_file_that_cannot_be_decoded()
    {
        using var folder = new PictureFolder().With("rgb.png", "a/1.png");
        File.CreateSymbolicLink(Path.Combine(folder.Root, "a", "2.png"), Path.Combine(folder.Root, "a", "2.png"));
        File.CreateSymbolicLink(Path.Combine(folder.Root, "a", "3.png"), Path.Combine(folder.Root, "a", "missing.png"));

        using var images = folder.Open();

        Assert.That(images.Count, Is.EqualTo(1));
        Assert.That(folder.Warnings.Single(), Does.Contain("2 of 3 files").And.Contain("cannot be read: a/2.png, a/3.png"));
        Assert.That(folder.Refusal(options => options.OnCorrupt = CorruptPolicy.Refuse), Does.Contain("a/2.png"));
    }

    [Test]
    public void Classes_of_no_image_or_one_are_warned_of_where_they_are_learnt()
    {
        using var folder = new PictureFolder().With("rgb.png", "many/1.png").With("rgb.png", "many/2.png").With("rgb.png", "single/1.png").WithBytes("void/notes.txt", [1]);
        Directory.CreateDirectory(Path.Combine(folder.Root, "empty"));
        Directory.CreateDirectory(Path.Combine(folder.Root, ".hidden"));

        using (folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Train, 0.5)))
            Assert.That(folder.Warnings.Select(warning => warning.Split(": ", 2)[1]), Is.EqualTo(new[]
            {
                "2 folders (empty, void) hold no image and make no class; put images there, or remove them",
                "1 class (single) has one image, which is too little to learn and leaves none for the test split; add images, or remove the folder",
            }));
        folder.Warnings.Clear();
        using var test = folder.Open(options => (options.Split, options.TestShare) = (FolderSplit.Test, 0.5));
        using var unlabelled = folder.Open(options => (options.Split, options.Labels) = (FolderSplit.Train, false));
        Assert.That(folder.Warnings, Is.Empty);
    }

    [Test]
    public void A_folder_from_macOS_has_the_classes_and_the_split_that_it_has_elsewhere()
    {
        // "ä" as one letter sorts behind "z", and as a letter with a mark before it.
        using PictureFolder linux = Named("ärger", "az", "ö"), macOS = Named("a\u0308rger", "az", "o\u0308"), both = Named("ärger", "a\u0308rger", "az");
        string[] names = ["az", "ärger", "ö"];

        foreach (var split in new[] { FolderSplit.Train, FolderSplit.Test })
        {
            using Dataset one = linux.Open(options => options.Split = split), other = macOS.Open(options => options.Split = split);
            Assert.That(((ClassCondition)one.Spec.Condition).Names, Is.EqualTo(names));
            Assert.That(((ClassCondition)other.Spec.Condition).Names, Is.EqualTo(names));
            Assert.That(PictureFolder.Bytes(other), Is.EqualTo(PictureFolder.Bytes(one)));
            Assert.That(PictureFolder.Labels(other), Is.EqualTo(PictureFolder.Labels(one)));
        }
        using var merged = both.Open();
        Assert.That(((ClassCondition)merged.Spec.Condition).Names, Is.EqualTo(new[] { "az", "ärger" }));

        static PictureFolder Named(params string[] classes)
        {
            var folder = new PictureFolder();
            foreach (var name in classes)
                foreach (var (number, file) in new[] { "rgb.png", "rgb.bmp", "palette.png", "rgb16.png" }.Index())
                    folder.With(file, $"{name}/{number}{(name[0] == 'o' || name[0] == 'ö' ? name : "x")}.png");
            return folder;
        }
    }
}
