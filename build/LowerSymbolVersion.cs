using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Rewrites which version of a symbol an ELF library asks its C++ runtime for: the Vernaux entry named <see cref="From"/> in
/// .gnu.version_r takes the name and hash of the entry named <see cref="To"/>, which the library requires anyway.
/// Files that are absent or already mended are left alone.
/// </summary>
public class LowerSymbolVersion : Task
{
    private const uint VersionNeedSection = 0x6ffffffe;

    [Required]
    public ITaskItem[] Files { get; set; }

    [Required]
    public string From { get; set; }

    [Required]
    public string To { get; set; }

    public override bool Execute()
    {
        foreach (var file in Files)
        {
            var path = file.ItemSpec;
            if (!File.Exists(path))
                continue;
            var bytes = File.ReadAllBytes(path);
            if (!Mend(bytes))
                continue;
            // A new file takes the old one's place: the old one may be a hard link into the package cache. Its time stays, so
            // that the next build sees nothing to copy.
            var time = File.GetLastWriteTimeUtc(path);
            File.WriteAllBytes(path + ".mended", bytes);
            File.SetLastWriteTimeUtc(path + ".mended", time);
            File.Delete(path);
            File.Move(path + ".mended", path);
            Log.LogMessage(MessageImportance.Normal, "{0} now asks for {1} instead of {2}", path, To, From);
        }
        return true;
    }

    private bool Mend(byte[] elf)
    {
        if (elf.Length < 64 || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F' || elf[4] != 2 || elf[5] != 1)
            return false;
        var sections = (int)BitConverter.ToInt64(elf, 0x28);
        var size = BitConverter.ToUInt16(elf, 0x3a);
        var count = BitConverter.ToUInt16(elf, 0x3c);
        var mended = false;
        for (var index = 0; index < count; index++)
        {
            var section = sections + index * size;
            if (BitConverter.ToUInt32(elf, section + 4) != VersionNeedSection)
                continue;
            var link = sections + (int)BitConverter.ToUInt32(elf, section + 0x28) * size;
            mended |= MendSection(elf, (int)BitConverter.ToInt64(elf, section + 0x18), (int)BitConverter.ToInt64(elf, link + 0x18));
        }
        return mended;
    }

    private bool MendSection(byte[] elf, int need, int strings)
    {
        var mended = false;
        while (true)
        {
            int from = -1, to = -1;
            var entry = need + (int)BitConverter.ToUInt32(elf, need + 8);
            for (var left = BitConverter.ToUInt16(elf, need + 2); left > 0; left--)
            {
                var name = Text(elf, strings + (int)BitConverter.ToUInt32(elf, entry + 8));
                if (name == From)
                    from = entry;
                if (name == To)
                    to = entry;
                entry += (int)BitConverter.ToUInt32(elf, entry + 12);
            }
            if (from >= 0 && to >= 0)
            {
                Array.Copy(elf, to, elf, from, 4);
                Array.Copy(elf, to + 8, elf, from + 8, 4);
                mended = true;
            }
            var next = BitConverter.ToUInt32(elf, need + 12);
            if (next == 0)
                return mended;
            need += (int)next;
        }
    }

    private static string Text(byte[] bytes, int start)
    {
        var end = Array.IndexOf(bytes, (byte)0, start);
        return Encoding.ASCII.GetString(bytes, start, end - start);
    }
}
