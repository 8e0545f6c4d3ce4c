using System.Globalization;
using PluginGan.Core;

namespace PluginGan.Host.Tests;

/// <summary>
/// Every loss with every regulariser, augmentation, objective and architecture of a catalogue. A component whose options decide what
/// it fits comes in a form for each of their values.
/// </summary>
internal static class CombinationMatrix
{
    private const string Images = """{ "name": "fashion-mnist-10k", "subset": 8 }""";
    private const string Points = """{ "name": "mixture-ring", "count": 16, "labels": true }""";

    // The smallest networks there are.
    private static readonly Dictionary<string, string> Small = new()
    {
        ["greatestFactor"] = "1", ["blocks"] = "1", ["groupWidth"] = "4", ["layers"] = "1", ["depth"] = "2", ["discriminatorDepth"] = "1",
        ["style"] = "4", ["mappingLayers"] = "1", ["pack"] = "2", ["modes"] = "2",
    };

    public static IEnumerable<Combination> Of(IReadOnlyList<ComponentDescription> catalogue)
    {
        Choice[] losses = [.. Forms(catalogue, ComponentKind.Loss)];
        Choice[] regularizers = [Choice.None, .. Forms(catalogue, ComponentKind.Regularizer)];
        Choice[] augmentations = [Choice.None, .. Forms(catalogue, ComponentKind.Augmentation)];
        Choice[] objectives = [Choice.None, .. Forms(catalogue, ComponentKind.Objective)];
        return
            from architecture in catalogue.Where(known => known.Kind == ComponentKind.Architecture)
            from form in Forms(architecture)
            from dataset in Datasets(architecture.Info)
            from objective in objectives
            // Without an objective regularisers may stand alone; with one, the loss may be its usual one.
            from loss in losses.Append(objective.Name is null ? new("none") : Choice.None)
            from regularizer in regularizers
            from augmentation in augmentations
            select new Combination(form, objective, loss, regularizer, augmentation, dataset);
    }

    private static IEnumerable<Choice> Forms(IReadOnlyList<ComponentDescription> catalogue, ComponentKind kind) =>
        catalogue.Where(known => known.Kind == kind).SelectMany(Forms);

    /// <summary>The component as it is, with each option that decides something at each other value it decides by, and with all of these.</summary>
    private static IEnumerable<Choice> Forms(ComponentDescription component)
    {
        var small = string.Concat(component.Options.Select(Smallest));
        string[][] others =
        [
            .. from condition in component.Info.Effects.SelectMany(effect => effect.When)
               group condition.Value by condition.Option into values
               select Others(component.Options.Single(option => option.Name == values.Key), [.. values]),
        ];
        var all = others.Length > 1 ? [string.Concat(others.Select(values => values[0]))] : Array.Empty<string>();
        return others.SelectMany(values => values).Concat(all).Prepend("")
            .Select(options => new Choice(component.Info.Name, small + options));
    }

    /// <summary>The settings of an option at each value that effects name, and at one that they do not, but for its default.</summary>
    private static string[] Others(OptionDescription option, string[] named)
    {
        var another = option.Kind switch
        {
            OptionKind.Choice => option.Choices.Except(named).FirstOrDefault(),
            OptionKind.Boolean => named.Contains("true") ? "false" : "true",
            _ => "2",
        };
        return
        [
            .. from value in named.Append(another).OfType<string>().Distinct()
               let text = option.Kind == OptionKind.Choice ? $"\"{value}\"" : value
               where text != option.Default
               select $", \"{option.Name}\": {text}",
        ];
    }

    private static string Smallest(OptionDescription option)
    {
        if (option.Name.EndsWith("Widths", StringComparison.Ordinal))
            return $", \"{option.Name}\": [4, 4]";
        if (option.Name.EndsWith("idth", StringComparison.Ordinal) && option.Minimum is { } least && option.Name != "groupWidth")
            return string.Create(CultureInfo.InvariantCulture, $", \"{option.Name}\": {least}");
        return Small.TryGetValue(option.Name, out var value) ? $", \"{option.Name}\": {value}" : "";
    }

    /// <summary>Data for an architecture, one of each kind that it makes.</summary>
    private static IEnumerable<string> Datasets(ComponentInfo architecture) => architecture.Samples.Select(kind => kind switch
    {
        SampleKind.Image => architecture.Conditions.SequenceEqual([ConditionKind.Sample])
            ? $$"""{ "name": "{{(architecture.ProvidedRoles.Count > 2 ? "unpaired" : "paired")}}", "of": {{Images}} }"""
            : Images,
        SampleKind.Vector => Points,
        SampleKind.Table => $$"""{ "name": "by-category", "of": { "name": "as-table", "of": {{Points}} } }""",
        SampleKind.Series => """{ "name": "sines", "count": 16, "length": 6, "channels": 2 }""",
        SampleKind.Sequence => """{ "name": "grammar", "count": 16 }""",
        _ => throw new NotSupportedException($"the test has no small data of the kind {kind}"),
    });
}
