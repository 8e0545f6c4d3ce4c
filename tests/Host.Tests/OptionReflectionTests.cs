using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using NUnit.Framework;
using PluginGan.Core;
using PluginGan.Host.Plugins;
using Description = System.ComponentModel.DescriptionAttribute;
using Range = System.ComponentModel.DataAnnotations.RangeAttribute;

namespace PluginGan.Host.Tests;

public class OptionReflectionTests
{
    [Test]
    public void Options_are_described_with_type_default_range_and_choices()
    {
        var options = OptionReflection.Describe(typeof(Everything)).ToDictionary(option => option.Name);

        Assert.Multiple(() =>
        {
            Assert.That(options["layerCount"].Kind, Is.EqualTo(OptionKind.Integer));
            Assert.That((options["layerCount"].Minimum, options["layerCount"].Maximum, options["layerCount"].Default), Is.EqualTo((1d, 9d, "4")));
            Assert.That(options["layerCount"].Description, Is.EqualTo("How many layers."));
            Assert.That((options["layerCount"].AboveMinimum, options["layerCount"].BelowMaximum), Is.EqualTo((false, true)));
            Assert.That(options["slope"].Default, Is.EqualTo("0.2"));
            Assert.That((options["split"].Kind, options["split"].Default), Is.EqualTo((OptionKind.Choice, "\"testSet\"")));
            Assert.That(options["split"].Choices, Is.EqualTo(new[] { "trainSet", "testSet" }));
            Assert.That((options["widths"].Kind, options["widths"].IsList, options["widths"].Default), Is.EqualTo((OptionKind.Integer, true, "[64,32]")));
            Assert.That((options["path"].Required, options["names"].Required, options["slope"].Required), Is.EqualTo((true, true, false)));
            Assert.That((options["share"].Minimum, options["share"].AboveMinimum, options["share"].BelowMaximum), Is.EqualTo((0d, true, false)));
            Assert.That((options["slope"].Minimum, options["slope"].Maximum), Is.EqualTo(((double?)null, (double?)null)), "any number");
            Assert.That((options["slope"].AboveMinimum, options["slope"].BelowMaximum), Is.EqualTo((false, false)));
            Assert.That((options["path"].Kind, options["file"].Kind), Is.EqualTo((OptionKind.Text, OptionKind.Path)));
            Assert.That(options["kept"].Required, Is.False, "what has a default need not be given");
            Assert.That(options.Keys, Has.None.AnyOf("computed", "inner"));
        });
    }

    [Test]
    public void Values_are_bound_and_what_is_not_given_keeps_its_default()
    {
        using var json = JsonDocument.Parse("""{ "layerCount": 7, "split": "trainSet", "widths": [1, 2, 3], "path": "x", "on": true, "big": 5000000000 }""");
        var options = (Everything)OptionReflection.Bind(typeof(Everything), json.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value));

        Assert.Multiple(() =>
        {
            Assert.That((options.LayerCount, options.Split, options.Path, options.On, options.Big), Is.EqualTo((7, Everything.Part.TrainSet, "x", true, 5_000_000_000L)));
            Assert.That(options.Widths, Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(options.Slope, Is.EqualTo(0.2f));
        });
    }

    [Test]
    public void A_dataset_is_an_option_with_options_of_its_own()
    {
        var described = OptionReflection.Describe(typeof(Wrapping)).Single();
        using var json = JsonDocument.Parse("""{ "of": { "name": "mnist", "split": "test" } }""");
        var bound = (Wrapping)OptionReflection.Bind(typeof(Wrapping), json.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value));

        Assert.That((described.Kind, described.Default), Is.EqualTo((OptionKind.Dataset, """{"name":"points","count":5}""")));
        Assert.That(bound.Of, Is.EqualTo(new DatasetChoice("mnist", """{"split":"test"}""")));
    }

    [Test]
    public void A_type_that_options_cannot_have_is_named() =>
        Assert.That(() => OptionReflection.Describe(typeof(Wrong)), Throws.TypeOf<PluginException>().With.Message.Contains("Wrong.When"));

    public sealed class Wrapping
    {
        public DatasetChoice Of { get; set; } = new("points", """{"count":5}""");
    }

    public sealed class Everything
    {
        public enum Part
        {
            TrainSet,
            TestSet,
        }

        [Description("How many layers."), Range(1, 9, MaximumIsExclusive = true)]
        public int LayerCount { get; set; } = 4;

        public float Slope { get; set; } = 0.2f;

        public Part Split { get; set; } = Part.TestSet;

        public int[] Widths { get; set; } = [64, 32];

        [Required]
        public string? Path { get; set; }

        [LocalPath]
        public string File { get; set; } = "";

        [Required]
        public string[] Names { get; set; } = [];

        [Range(0.0, 1.0, MinimumIsExclusive = true)]
        public double Share { get; set; } = 0.5;

        [Required]
        public string Kept { get; set; } = "a default";

        public int Inner { get; private set; }

        public bool On { get; set; }

        public long Big { get; set; }

        public int Computed => LayerCount * 2;
    }

    public sealed class Wrong
    {
        public DateTime When { get; set; }
    }
}
