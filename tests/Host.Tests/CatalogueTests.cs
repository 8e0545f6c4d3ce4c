using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Plugins;

namespace PluginGan.Host.Tests;

public class CatalogueTests
{
    [Test]
    public void What_a_plugin_registers_is_learned_once_and_then_known_without_loading_it()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using (var first = folders.Catalogue())
            Assert.That(first.Components.Select(component => component.Info.Name), Does.Contain("three-networks"));
        // An assembly that cannot be loaded any more shows that nobody loads it.
        var cached = Directory.GetFiles(folders.CacheFolder, "*.json", SearchOption.AllDirectories).Single();
        var contexts = AssemblyLoadContext.All.Count();

        using var second = folders.Catalogue();

        Assert.That(second.Components.Select(component => component.Info.Name), Does.Contain("three-networks"));
        Assert.That(AssemblyLoadContext.All.Count(), Is.LessThanOrEqualTo(contexts));
        Assert.That(Path.GetFileNameWithoutExtension(cached), Is.EqualTo(second.Entries.Single(entry => entry.Folder is not null).Sha256));
    }

    [Test]
    public void A_changed_plugin_is_learned_anew()
    {
        using var folders = new PluginFolders();
        var path = folders.Add("Games");
        using (var first = folders.Catalogue())
            Assert.That(first.Entries.Single(entry => entry.Folder is not null).Failure, Is.Null);
        // Replaced, as an installer would: the old file may still be mapped into memory.
        File.Delete(Path.Combine(path, "PluginGan.TestPlugins.Games.dll"));
        File.WriteAllText(Path.Combine(path, "PluginGan.TestPlugins.Games.dll"), "gone bad");

        using var second = folders.Catalogue();

        Assert.That(second.Entries.Single(entry => entry.Folder is not null).Failure, Does.Contain("not a .NET assembly"));
    }

    [Test]
    public void A_damaged_cache_is_ignored()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using (var first = folders.Catalogue())
            Assert.That(first.Components, Is.Not.Empty);
        File.WriteAllText(Directory.GetFiles(folders.CacheFolder, "*.json", SearchOption.AllDirectories).Single(), "{ torn");

        using var second = folders.Catalogue();

        Assert.That(second.Components, Is.Not.Empty);
    }

    [Test]
    public void Only_the_plugin_of_the_component_is_loaded()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        catalogue.Find(ComponentKind.Dataset, "points");

        Assert.That(catalogue.Entries, Has.Count.GreaterThan(3));
        Assert.That(catalogue.Loaded.Select(plugin => plugin.Name), Is.EqualTo(new[] { "PluginGan.TestPlugins.Games" }));
    }

    [Test]
    public void Two_plugins_that_register_one_name_are_both_named()
    {
        using var folders = new PluginFolders();
        var path = folders.Add("Games");
        // The same code under another name.
        var copy = Directory.CreateDirectory(Path.Combine(folders.Root, "Zweite")).FullName;
        File.Copy(Path.Combine(path, "PluginGan.TestPlugins.Games.dll"), Path.Combine(copy, "Zweite.dll"));

        using var catalogue = folders.Catalogue();

        Assert.That(catalogue.Entries.Single(entry => entry.Failure is not null).Name, Is.EqualTo("Zweite"));
        Assert.That(catalogue.Entries.Single(entry => entry.Failure is not null).Failure, Does.Contain("PluginGan.TestPlugins.Games").And.Contain("'points'"));
    }

    [Test]
    public void A_plugin_that_throws_is_reported_with_its_reason_and_the_others_work()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        folders.Add("Throws");

        using var catalogue = folders.Catalogue();

        Assert.That(catalogue.Entries.Single(entry => entry.Failure is not null).Failure, Does.Contain("closed on Sundays"));
        Assert.That(catalogue.Find(ComponentKind.Loss, "diverges").Info.Name, Is.EqualTo("diverges"));
    }

    [Test]
    public void A_plugin_is_unloaded_with_the_catalogue_even_after_its_components_were_made()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        var context = Use(folders);
        for (var attempt = 0; context.IsAlive && attempt < 20; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(context.IsAlive, Is.False);
    }

    [Test]
    public void Every_built_in_plugin_loads()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        Assert.That(catalogue.Entries.Select(entry => entry.Failure), Has.All.Null);
        Assert.That(catalogue.Components.Select(component => component.Info.Name), Is.SupersetOf(new[]
        {
            "mnist", "fashion-mnist", "kmnist", "fashion-mnist-10k", "dcgan", "saturating", "non-saturating", "wasserstein", "least-squares", "hinge", "relativistic",
            "r1", "r2", "gradient-penalty", "weight-clipping", "fid", "class-coverage", "lenet-fashion",
        }));
    }

    [Test]
    public void Every_option_of_the_built_in_plugins_is_described()
    {
        using var folders = new PluginFolders();
        using var catalogue = folders.Catalogue(PluginFolders.BuiltIn);

        Assert.That(catalogue.Components.SelectMany(component => component.Options).Select(option => option.Description), Has.All.Not.Empty);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Use(PluginFolders folders)
    {
        using var catalogue = folders.Catalogue();
        var registration = catalogue.Find(ComponentKind.Dataset, "points");
        using var dataset = (Dataset)registration.Create(OptionReflection.Bind(registration.Options, new Dictionary<string, System.Text.Json.JsonElement>()), null, new ComponentContext { DataFolder = "" });
        Assert.That(dataset.Count, Is.EqualTo(512));
        return new WeakReference(AssemblyLoadContext.GetLoadContext(registration.Options.Assembly));
    }
}
