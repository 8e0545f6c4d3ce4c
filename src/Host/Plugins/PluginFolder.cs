using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace PluginGan.Host.Plugins;

/// <summary>A folder that holds a plugin: <c>NAME/NAME.dll</c> with whatever it needs beside it. Looking at it runs none of its code.</summary>
internal sealed class PluginFolder
{
    private const string ContractKey = "PluginGan.Contract";

    private PluginFolder(string path) => Path = path;

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public string AssemblyPath => System.IO.Path.Combine(Path, $"{Name}.dll");

    /// <summary>The plugin folders under a folder, by name. A folder that does not exist holds none.</summary>
    public static IEnumerable<PluginFolder> Under(string root) => Directory.Exists(root)
        ? Directory.GetDirectories(root).Order(StringComparer.Ordinal).Select(path => new PluginFolder(System.IO.Path.GetFullPath(path)))
        : [];

    /// <summary>The SHA-256 over names and contents of all files, in the order of their names.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetRelativePath(Path, file)));
            using var stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Reads what the assembly's metadata says of itself.</summary>
    /// <exception cref="PluginException">There is no such assembly, or it is built for another version of the contract.</exception>
    public PluginMetadata Metadata()
    {
        if (!File.Exists(AssemblyPath))
            throw new PluginException($"the folder holds no {Name}.dll; a plugin's assembly carries the name of its folder");
        try
        {
            using var stream = File.OpenRead(AssemblyPath);
            using var image = new PEReader(stream);
            if (!image.HasMetadata)
                throw new BadImageFormatException("it has no .NET metadata");
            var reader = image.GetMetadataReader();
            var attributes = Attributes(reader).ToList();
            var metadata = new PluginMetadata(
                attributes.FirstOrDefault(attribute => attribute.Type == "AssemblyInformationalVersionAttribute").Values?[0] ?? reader.GetAssemblyDefinition().Version.ToString(),
                attributes.FirstOrDefault(attribute => attribute.Type == "AssemblyMetadataAttribute" && attribute.Values[0] == ContractKey).Values?[1]);
            CheckContract(metadata.Contract);
            return metadata;
        }
        catch (BadImageFormatException error)
        {
            throw new PluginException($"{Name}.dll is not a .NET assembly: {error.Message}", error);
        }
    }

    private static void CheckContract(string? built)
    {
        if (!Version.TryParse(built?.Split('+', '-')[0], out var wanted))
            return;
        var mine = Version.Parse(PluginMetadata.ContractVersion);
        if (!PluginMetadata.IsCompatible(wanted, mine))
            throw new PluginException($"it is built for version {built} of the contract, this host has {mine}; rebuild it against PluginGan.Abstractions {mine}");
    }

    // The string arguments of the assembly's attributes.
    private static IEnumerable<(string Type, IReadOnlyList<string> Values)> Attributes(MetadataReader reader)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference)
                continue;
            var constructor = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor);
            if (constructor.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = reader.GetString(reader.GetTypeReference((TypeReferenceHandle)constructor.Parent).Name);
            var count = type switch
            {
                "AssemblyInformationalVersionAttribute" => 1,
                "AssemblyMetadataAttribute" => 2,
                _ => 0,
            };
            if (count == 0)
                continue;
            var blob = reader.GetBlobReader(attribute.Value);
            blob.ReadUInt16();
            yield return (type, [.. Enumerable.Range(0, count).Select(_ => blob.ReadSerializedString() ?? "")]);
        }
    }
}
