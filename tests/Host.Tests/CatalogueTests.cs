using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using PluginGan.Training;

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
    public void What_comes_with_the_trainer_cannot_be_replaced_by_a_plugin_that_uses_its_name()
    {
        using var folders = new PluginFolders();
        new EmittedPlugin("Other") { Components = [("Optimizer", "adam")] }.Write(folders.Root);

        using var catalogue = folders.Catalogue();

        var failure = catalogue.Entries.Single(entry => entry.Folder is not null).Failure;
        Assert.That(failure, Does.Contain("'adam'").And.Contain("'built-in' has registered already"));
        Assert.That(catalogue.Find(ComponentKind.Optimizer, "adam").Options, Is.EqualTo(typeof(AdamOptions)));
    }

    [Test]
    public void One_name_may_stand_for_components_of_several_kinds()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        new EmittedPlugin("Later") { Components = [("Loss", "points"), ("Evaluator", "points")] }.Write(folders.Root);

        using var catalogue = folders.Catalogue();

        Assert.That(catalogue.Entries.Select(entry => entry.Failure), Has.All.Null);
        foreach (var kind in new[] { ComponentKind.Dataset, ComponentKind.Loss, ComponentKind.Evaluator })
            Assert.That((catalogue.Find(kind, "points").Kind, catalogue.Find(kind, "points").Info.Name), Is.EqualTo((kind, "points")));
        Assert.That(() => catalogue.Find(ComponentKind.Objective, "points"), Throws.TypeOf<PluginException>().With.Message.Contains("no objective 'points'"));
    }

    [Test]
    public void Of_two_folders_of_one_name_that_of_the_later_root_counts()
    {
        using var folders = new PluginFolders();
        var other = Path.Combine(folders.CacheFolder, "more");
        new EmittedPlugin("Same") { Components = [("Loss", "first")] }.Write(folders.Root);
        new EmittedPlugin("Same") { Components = [("Loss", "second")] }.Write(other);

        using var catalogue = folders.Catalogue(other);

        Assert.That(catalogue.Components.Where(component => component.Plugin == "Same").Select(component => component.Info.Name), Is.EqualTo(new[] { "second" }));
        Assert.That(catalogue.Find(ComponentKind.Loss, "second").Info.Summary, Is.EqualTo("Emitted."));
    }

    [Test]
    public void A_plugin_is_a_public_class()
    {
        using var folders = new PluginFolders();
        new EmittedPlugin("Hidden") { IsPublic = false, Components = [("Loss", "hidden")] }.Write(folders.Root);

        using var catalogue = folders.Catalogue();

        Assert.That(catalogue.Entries.Single(entry => entry.Folder is not null).Failure, Is.EqualTo("Hidden.dll has no public class that implements IGanPlugin"));
    }

    // Another build may describe the same plugin in another way.
    [Test]
    public void What_is_remembered_of_a_plugin_counts_for_this_build_of_the_host_only()
    {
        using var folders = new PluginFolders();
        new EmittedPlugin("Some") { Components = [("Loss", "some")] }.Write(folders.Root);
        using (var first = folders.Catalogue())
            Assert.That(first.Components, Is.Not.Empty);

        var build = Path.GetFileName(Path.GetDirectoryName(Directory.GetFiles(folders.CacheFolder, "*.json", SearchOption.AllDirectories).Single()))!;
        Assert.That(typeof(PluginCatalogue).Module.ModuleVersionId.ToString("N"), Does.StartWith(build));
        Assert.That(build, Has.Length.GreaterThanOrEqualTo(8));
    }

    [Test]
    public void An_error_is_put_down_to_the_plugin_whose_code_threw_it()
    {
        using var folders = new PluginFolders();
        folders.Add("Games");
        using var catalogue = folders.Catalogue();
        var building = catalogue.Find(ComponentKind.Architecture, "throws-while-building");

        var theirs = Assert.Catch(() => building.Create(OptionReflection.Bind(building.Options, new Dictionary<string, System.Text.Json.JsonElement>()), null, new ComponentContext { DataFolder = "" }))!;
        var ours = Assert.Catch(() => catalogue.Find(ComponentKind.Loss, "nothing"))!;

        Assert.That(Fault.Describe(theirs), Is.EqualTo("in the plugin 'PluginGan.TestPlugins.Games': "));
        Assert.That(Fault.Describe(ours), Is.Empty);
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
