using NUnit.Framework;

namespace PluginGan.Abstractions.Tests;

/// <summary>Files as the kernel shows them for the two versions of control groups.</summary>
public class ControlGroupTests
{
    private const string Unlimited = "9223372036854771712";

    private DirectoryInfo folder = null!;

    [SetUp]
    public void Prepare() => folder = Directory.CreateTempSubdirectory("plugingan-");

    [TearDown]
    public void CleanUp() => folder.Delete(recursive: true);

    [Test]
    public void Version_2_leaves_what_is_not_used_and_what_caches_can_give_back()
    {
        Group("", limit: "max", used: "9000");
        Group("box", limit: "3000", used: "1000", "anon 600\nfile 400\nshmem 100\ninactive_file 200\nactive_file 100");

        Assert.That(Free("0::/box"), Is.EqualTo(3000 - 1000 + 300));
    }

    [Test]
    public void A_group_is_bound_by_those_around_it()
    {
        Group("outer", limit: "2000", used: "1500");
        Group("outer/inner", limit: "5000", used: "100");

        Assert.That(Free("0::/outer/inner"), Is.EqualTo(500));
    }

    [Test]
    public void Version_1_is_read_where_memory_has_a_hierarchy_of_its_own()
    {
        Group("memory", Unlimited, "9000", version: 1);
        Group("memory/docker/box", "3000", "1000", "inactive_file 1\nactive_file 1\ntotal_inactive_file 200\ntotal_active_file 100", version: 1);

        Assert.That(Free("9:name=systemd:/\n8:cpu,cpuacct:/docker/box\n4:memory:/docker/box\n0::/"), Is.EqualTo(2300));
    }

    [Test]
    public void Within_a_container_of_version_1_the_limit_lies_at_the_mount()
    {
        Group("memory", "3000", "1000", version: 1);

        Assert.That(Free("4:memory:/docker/0123456789ab"), Is.EqualTo(2000));
    }

    [Test]
    public void A_group_over_its_limit_leaves_nothing() => Assert.That(() =>
    {
        Group("box", "3000", "3001");
        return Free("0::/box");
    }, Is.Zero);

    [TestCase("")]
    [TestCase("0::/")]
    [TestCase("0::/box")]
    [TestCase("nonsense")]
    public void Without_a_limit_nothing_is_known(string groups)
    {
        Group("box", "max", "1000");

        Assert.That(Free(groups), Is.Null);
    }

    private long? Free(string groups)
    {
        var process = Path.Combine(folder.FullName, "cgroup");
        File.WriteAllText(process, groups);
        return ControlGroup.Free(process, folder.FullName);
    }

    private void Group(string path, string limit, string used, string statistics = "", int version = 2)
    {
        var place = Directory.CreateDirectory(Path.Combine(folder.FullName, path)).FullName;
        File.WriteAllText(Path.Combine(place, version == 1 ? "memory.limit_in_bytes" : "memory.max"), $"{limit}\n");
        File.WriteAllText(Path.Combine(place, version == 1 ? "memory.usage_in_bytes" : "memory.current"), $"{used}\n");
        File.WriteAllText(Path.Combine(place, "memory.stat"), $"{statistics}\n");
    }
}
