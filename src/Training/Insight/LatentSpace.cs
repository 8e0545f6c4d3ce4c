using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The latents of a model as points of a plane space, one row each, in which directions are taken and steps are made. A step of 1 is one standard
/// deviation of the latents. Categorical parts are no direction: they stay as they are unless a category is asked for.
/// </summary>
internal sealed class LatentSpace
{
    /// <summary>How far from the middle a strip goes, in standard deviations.</summary>
    public const double Reach = 3;

    private static readonly double UniformDeviation = 1 / Math.Sqrt(3);

    private readonly LatentSpec spec;
    private readonly double[] deviations;
    private readonly double[] bounds;

    public LatentSpace(LatentSpec spec)
    {
        this.spec = spec;
        deviations = PerColumn(part => part switch { NormalPart => 1, UniformPart => UniformDeviation, _ => 0 });
        bounds = PerColumn(part => part is UniformPart ? 1 : double.PositiveInfinity);
        var from = 0;
        var (coordinates, categories) = (new List<int>(), new List<(int From, int Count)>());
        foreach (var part in spec.Parts)
        {
            if (part is CategoricalPart)
                categories.Add((from, part.Size));
            else
                coordinates.AddRange(Enumerable.Range(from, part.Size));
            from += part.Size;
        }
        (Coordinates, Categories) = (coordinates, categories);
    }

    /// <summary>The positions of continuous values in the last dimension of a latent.</summary>
    public IReadOnlyList<int> Coordinates { get; }

    /// <summary>Where each categorical part begins, and how many categories it has.</summary>
    public IReadOnlyList<(int From, int Count)> Categories { get; }

    /// <summary>Values of one latent: its size, times its steps where it has a time axis.</summary>
    public int Width => Length * spec.Size;

    private int Length => spec.Length ?? 1;

    /// <summary>The unit vectors along coordinates, float32 [coordinates, Width]; with a time axis a coordinate is moved at all steps alike.</summary>
    public Tensor Axes(IReadOnlyList<int> coordinates)
    {
        var rows = new float[coordinates.Count * Width];
        for (var row = 0; row < coordinates.Count; row++)
            for (var step = 0; step < Length; step++)
                rows[row * Width + step * spec.Size + coordinates[row]] = (float)(1 / Math.Sqrt(Length));
        return tensor(rows, coordinates.Count, Width);
    }

    /// <summary>Latents as float32 rows [N, Width] in standard deviations; zero where a part is categorical.</summary>
    public Tensor Standardise(Tensor latents) =>
        latents.reshape(latents.shape[0], Width).mul(Row([.. deviations.Select(value => value == 0 ? 0 : 1 / value)], latents.device));

    /// <summary>Moves latents along a direction, so that their coordinate along it has a given value.</summary>
    /// <param name="latents">As the model takes them, first dimension N.</param>
    /// <param name="direction">A unit vector, [Width].</param>
    /// <param name="position">The value in standard deviations. Uniform parts end at their bounds.</param>
    public Tensor Place(Tensor latents, Tensor direction, double position)
    {
        using Scalar value = position;
        return Add(latents, direction, Standardise(latents).mv(direction.to(latents.device)).neg().add(full([], value, ScalarType.Float32, latents.device)));
    }

    /// <summary>Moves latents along a direction by so many standard deviations. Uniform parts end at their bounds.</summary>
    public Tensor Shift(Tensor latents, Tensor direction, double steps)
    {
        using Scalar value = steps;
        return Add(latents, direction, full([latents.shape[0]], value, ScalarType.Float32, latents.device));
    }

    /// <summary>The places of a strip along a direction: from −<see cref="Reach"/> to <see cref="Reach"/>, or less where a uniform part ends before.</summary>
    public double[] Positions(Tensor direction, int steps)
    {
        var values = direction.cpu().data<float>().ToArray();
        var reach = values.Select((value, column) => value == 0 ? Reach : bounds[column] / (deviations[column] * Math.Abs(value))).Append(Reach).Min();
        return [.. Enumerable.Range(0, steps).Select(step => reach * (2.0 * step / (steps - 1) - 1))];
    }

    /// <summary>The latents with one category of a categorical part, at all time steps.</summary>
    /// <param name="latents">As the model takes them.</param>
    /// <param name="part">Which of <see cref="Categories"/>.</param>
    /// <param name="category">From 0.</param>
    public Tensor Choose(Tensor latents, int part, int category)
    {
        var (from, count) = Categories[part];
        using Scalar one = 1.0;
        var chosen = latents.clone();
        chosen.narrow(-1, from, count).zero_();
        chosen.narrow(-1, from + category, 1).fill_(one);
        return chosen;
    }

    /// <summary>
    /// Latents on the way from one to another: normal parts on the arc between them (<see cref="Slerp"/>), where samples of them lie, uniform parts on
    /// the straight line, categorical parts as they are at the start.
    /// </summary>
    /// <param name="from">The start, as the model takes it.</param>
    /// <param name="to">The end, likewise.</param>
    /// <param name="share">0 at the start, 1 at the end.</param>
    public Tensor Between(Tensor from, Tensor to, double share)
    {
        var parts = new List<Tensor>();
        var column = 0;
        foreach (var part in spec.Parts)
        {
            var (start, end) = (from.narrow(-1, column, part.Size), to.narrow(-1, column, part.Size));
            using Scalar weight = share;
            parts.Add(part switch
            {
                NormalPart => Slerp.Between(start.flatten(1), end.flatten(1), share).reshape(start.shape),
                UniformPart => start.add(end.sub(start), weight),
                _ => start,
            });
            column += part.Size;
        }
        return cat(parts, -1);
    }

    private static Tensor Row(double[] values, Device device) => tensor([.. values.Select(value => (float)value)]).to(device);

    private Tensor Add(Tensor latents, Tensor direction, Tensor steps)
    {
        var device = latents.device;
        var moved = latents.reshape(latents.shape[0], Width).add(steps.unsqueeze(1).mul(direction.to(device).mul(Row(deviations, device)).unsqueeze(0)));
        var bound = Row(bounds, device);
        return moved.minimum(bound).maximum(bound.neg()).reshape(latents.shape);
    }

    private double[] PerColumn(Func<LatentPart, double> value)
    {
        var step = spec.Parts.SelectMany(part => Enumerable.Repeat(value(part), part.Size));
        return [.. Enumerable.Repeat(step, Length).SelectMany(values => values)];
    }
}
