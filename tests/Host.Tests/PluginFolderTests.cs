using NUnit.Framework;
using PluginGan.Host.Plugins;

namespace PluginGan.Host.Tests;

/// <summary>What is known of a plugin's folder without running its code.</summary>
public sealed class PluginFolderTests
{
    private DirectoryInfo root = null!;

    [SetUp]
    public void SetUp() => root = Directory.CreateTempSubdirectory("plugingan-");

    [TearDown]
    public void TearDown() => root.Delete(recursive: true);

    [Test]
    public void The_hash_of_a_folder_changes_with_everything_in_it()
    {
        var before = Hash();
        Changes("a byte", () => Write("b.txt", "three"));
        Changes("a name", () => File.Move(In("b.txt"), In("c.txt")));
        Changes("a name within a subfolder", () => File.Move(In("sub/deep/d.txt"), In("sub/deep/e.txt")));
        Changes("a byte within a subfolder", () => Write("sub/deep/e.txt", "five"));
        Changes("a subfolder's name", () => Directory.Move(In("sub/deep"), In("sub/flat")));
        Changes("another place", () => File.Move(In("sub/flat/e.txt"), In("e.txt")));
        Changes("a file more", () => Write("sub/new", ""));
        Changes("a file less", () => File.Delete(In("c.txt")));
        Changes("contents exchanged", () => { Write("a.txt", "five"); Write("e.txt", "one"); });

        void Changes(string what, Action change)
        {
            change();
            var after = Hash();
            Assert.That(after, Is.Not.EqualTo(before), what);
            before = after;
        }
    }

    [Test]
    public void The_hash_of_a_folder_depends_neither_on_where_it_lies_nor_on_when_it_was_written()
    {
        var here = Hash();
        root.CreateSubdirectory("elsewhere");
        Directory.Move(In(""), Path.Combine(root.FullName, "elsewhere", "Some"));
        foreach (var file in Directory.GetFiles(root.FullName, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);

        Assert.That(PluginFolder.Under(Path.Combine(root.FullName, "elsewhere")).Single().Hash(), Is.EqualTo(here));
    }

    [TestCase("0.3.0", "0.3.0", true)]
    [TestCase("0.3.0", "0.3.7", true)]
    [TestCase("0.3.7", "0.3.0", true)]
    [TestCase("0.2.9", "0.3.0", false, Description = "at 0.x an older minor version may have broken too")]
    [TestCase("0.4.0", "0.3.0", false)]
    [TestCase("1.0.0", "0.3.0", false)]
    [TestCase("0.3.0", "1.3.0", false)]
    [TestCase("1.0.0", "1.0.0", true)]
    [TestCase("1.2.0", "1.4.0", true)]
    [TestCase("1.4.0", "1.4.0", true)]
    [TestCase("1.5.0", "1.4.0", false)]
    [TestCase("1.4.0", "2.4.0", false)]
    [TestCase("3.0.0", "2.4.0", false)]
    public void A_plugin_works_with_hosts_of_its_major_version_that_are_no_older(string built, string host, bool works) =>
        Assert.That(PluginMetadata.IsCompatible(Version.Parse(built), Version.Parse(host)), Is.EqualTo(works));

    [TestCase("{0}.{1}.99", true)]
    [TestCase("{0}.{1}.0-preview.1", true)]
    [TestCase("{0}.{2}.0", false)]
    [TestCase("{0}.{2}.0-preview.1", false)]
    [TestCase("{0}.{2}.0+7f3a", false)]
    public void The_version_that_an_assembly_was_built_against_is_read_from_it(string pattern, bool works)
    {
        var mine = Version.Parse(PluginMetadata.ContractVersion);
        var built = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, mine.Major, mine.Minor, mine.Minor + 1);
        var folder = Emit(built);

        if (works)
            Assert.That(folder.Metadata().Contract, Is.EqualTo(built));
        else
            Assert.That(folder.Metadata, Throws.TypeOf<PluginException>().With.Message.Contains($"built for version {built} of the contract, this host has {mine}"));
    }

    [Test]
    public void An_assembly_that_says_nothing_of_the_contract_is_not_refused_for_it() => Assert.That(Emit(null).Metadata().Contract, Is.Null);

    [Test]
    public void Without_an_informational_version_the_version_of_the_assembly_counts() => Assert.That(Emit(null).Metadata().Version, Is.EqualTo("7.5.3.1"));

    // What a run's manifest records of a plugin.
    [Test]
    public void An_informational_version_counts_before_that_of_the_assembly()
    {
        new EmittedPlugin("Emitted") { InformationalVersion = "1.2.3-beta+7f3a", Version = new(7, 5, 3, 1) }.Write(root.FullName);

        Assert.That(PluginFolder.Under(root.FullName).Single().Metadata().Version, Is.EqualTo("1.2.3-beta+7f3a"));
    }

    [Test]
    public void A_folder_without_an_assembly_of_its_name_is_told_so()
    {
        Write("Other.dll", "an assembly of another name");

        var folder = PluginFolder.Under(root.FullName).Single();

        Assert.That(folder.Metadata, Throws.TypeOf<PluginException>().With.Message.Contains("holds no Some.dll"));
    }

    [Test]
    public void A_root_that_does_not_exist_holds_no_plugins() =>
        Assert.That(PluginFolder.Under(Path.Combine(root.FullName, "nowhere")), Is.Empty);

    private PluginFolder Emit(string? contract)
    {
        new EmittedPlugin("Emitted") { Contract = contract, Version = new(7, 5, 3, 1) }.Write(root.FullName);
        return PluginFolder.Under(root.FullName).Single();
    }

    private string In(string file) => Path.Combine(root.FullName, "Some", file);

    private void Write(string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(file))!);
        File.WriteAllText(In(file), content);
    }

    private string Hash()
    {
        if (!Directory.Exists(In("")))
            foreach (var (file, content) in new[] { ("a.txt", "one"), ("b.txt", "two"), ("sub/deep/d.txt", "four") })
                Write(file, content);
        return PluginFolder.Under(root.FullName).Single().Hash();
    }
}
