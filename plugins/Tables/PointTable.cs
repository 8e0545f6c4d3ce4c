using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Plugins.Tables;

/// <summary>The points of a dataset of vectors as a table: a continuous column for each coordinate, and a categorical one for the class where points have one.</summary>
internal static class PointTable
{
    private const string ClassColumn = "class";

    /// <exception cref="ComponentException">The dataset cannot be opened, or yields no points; or there is not a name for each coordinate.</exception>
    public static Dataset Open(AsTableOptions options, ComponentContext context)
    {
        using var source = context.Open(options.Of!);
        if (source.Spec.Sample is not VectorSpec vector)
            throw new ComponentException($"it makes a table of points, but '{options.Of!.Name}' yields {source.Spec.Sample}; name a dataset of vectors");
        if (options.Names.Length != 0 && options.Names.Length != vector.Size)
            throw new ComponentException($"the option 'names' holds {options.Names.Length} names, but the points of '{options.Of!.Name}' have {vector.Size} coordinates");
        var names = options.Names.Length > 0 ? options.Names : [.. Enumerable.Range(1, vector.Size).Select(axis => $"x{axis}")];
        var classes = source.Spec.Condition as ClassCondition;
        if (names.Append(classes is null ? "" : ClassColumn).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ComponentException($"two columns would be called '{twice.Key}'; mend the option 'names'");

        using var scope = NewDisposeScope();
        using var points = source.Read([.. Enumerable.Range(0, (int)source.Count).Select(row => (long)row)], 0);
        var columns = names.Select(name => new ColumnSpec(name, null));
        var rows = points.Samples.to(ScalarType.Float32);
        return classes is null
            ? new TensorDataset(new DataSpec(new TableSpec([.. columns]), ConditionSpec.None), rows.clone()) { Sources = source.Sources }
            : new TensorDataset(
                new DataSpec(new TableSpec([.. columns, new ColumnSpec(ClassColumn, classes.Names)]), ConditionSpec.None),
                cat([rows, points.Condition!.to(ScalarType.Float32).unsqueeze(1)], 1))
            {
                Sources = source.Sources,
            };
    }
}
