using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PluginGan.Core;

namespace PluginGan.Training;

/// <summary>
/// The hashes of the files of one source. A file is hashed again only where its length or a time of it differs from when it was hashed
/// last; the hashes are remembered in one file for each source.
/// </summary>
internal sealed class SourceHashes(string folder, DataSource source, IProgress<ComponentProgress>? progress)
{
    private const int Step = 500;
    private const int Piece = 1 << 20;

    // A file system's clock may be as coarse as this: a file may change once more within it without another time.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(2);

    private readonly string memory = Path.Combine(folder, $"{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(source.Path)))[..32]}.json");
    private int done;

    public IReadOnlyList<FileFingerprint> Read(CancellationToken cancellation)
    {
        var names = source.Files ?? [""];
        var known = Known();
        var entries = new Entry[names.Count];
        var settled = (DateTime.UtcNow - Settled).Ticks;
        var everywhere = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        Parallel.For(0, entries.Length, everywhere, place => entries[place] = Of(names[place], known, cancellation));
        if (entries.Any(entry => !known.ContainsKey(entry.Name) || known[entry.Name] != entry))
            Remember([.. entries.Where(entry => entry.Sha256.Length > 0 && entry.Written < settled)]);
        return [.. entries.Select(entry => new FileFingerprint(entry.Name, entry.Length, entry.Sha256))];
    }

    private Entry Of(string name, Dictionary<string, Entry> known, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(name.Length == 0 ? source.Path : Path.Combine(source.Path, name));
            // What is behind a link is what is read.
            if (file.LinkTarget is not null)
                file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            var now = new Entry(name, file.Length, file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks, "");
            var isKnown = known.TryGetValue(name, out var before) && before with { Sha256 = "" } == now;
            return isKnown ? before! : now with { Sha256 = Hash(file, cancellation) };
        }
        // The dataset says whether it can do without the file.
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Entry(name, 0, 0, 0, "");
        }
    }

    private string Hash(FileInfo file, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref done) % Step == 0)
            progress?.Report(new ComponentProgress($"hashing {Path.GetFileName(source.Path)}", done, source.Files?.Count ?? 1));
        // Opened only where there is something to read: a pipe has no length, and would be waited for.
        if (file.Length == 0)
            return Hex(SHA256.HashData([]));
        const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, Shared, 0, FileOptions.SequentialScan);
        // Piece by piece, so that an interruption need not wait for the end of a large file.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[(int)Math.Min(file.Length, Piece)];
        for (int read; (read = stream.Read(piece)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(piece, 0, read);
        }
        return Hex(hash.GetHashAndReset());
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private Dictionary<string, Entry> Known()
    {
        try
        {
            var entries = JsonFile.Read<IReadOnlyList<Entry>>(memory, JsonSerializerOptions.Web);
            return entries.DistinctBy(entry => entry.Name).ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }

    private void Remember(IReadOnlyList<Entry> entries)
    {
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(memory, stream => JsonSerializer.Serialize(stream, entries, JsonSerializerOptions.Web));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The files are hashed again at the next start.
        }
    }

    private sealed record Entry(string Name, long Length, long Written, long Created, string Sha256);
}
