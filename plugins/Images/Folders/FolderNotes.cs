using Microsoft.Extensions.Logging;

namespace PluginGan.Plugins.Images.Folders;

/// <summary>Warns of what is in a folder and will not be what its owner expects.</summary>
internal static class FolderNotes
{
    private const int Shown = 10;

    /// <summary>Classes are looked at where they are learnt; the other splits of a folder have the same ones.</summary>
    public static void Log(FolderListing listing, ImageFolderOptions options, ILogger logger)
    {
        if (options.Split == FolderSplit.Test)
            return;
        if (listing.PassedOver.Count > 0)
        {
            var files = List("file", "is", "are", listing.PassedOver);
            logger.LogWarning("{Root}: {Files} left out, because regular files alone are read", listing.Root, files);
        }
        if (options.Split != FolderSplit.Train || !options.Labels || listing.Files[0].Group.Length == 0)
            return;
        if (listing.EmptyFolders() is { Count: > 0 } empty)
        {
            var folders = List("folder", "holds", "hold", empty);
            logger.LogWarning("{Root}: {Folders} no image and make no class; put images there, or remove them", listing.Root, folders);
        }
        var groups = listing.Files.GroupBy(file => file.Group, StringComparer.Ordinal);
        List<string> single = [.. groups.Where(group => group.Count() == 1).Select(group => group.Key)];
        if (single.Count > 0)
        {
            logger.LogWarning(
                "{Root}: {Classes} one image, which is too little to learn and leaves none for the test split; "
                + "add images, or remove the folder",
                listing.Root, List("class", "has", "have", single));
        }
    }

    private static string List(string noun, string one, string many, IReadOnlyList<string> names)
    {
        var shown = string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", …" : "");
        var plural = noun == "class" ? "classes" : $"{noun}s";
        return names.Count == 1 ? $"1 {noun} ({shown}) {one}" : $"{names.Count} {plural} ({shown}) {many}";
    }
}
