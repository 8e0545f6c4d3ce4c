using static TorchSharp.torch;

namespace PluginGan.Plugins.Tests;

/// <summary>The inputs of the reference scripts, bit for bit.</summary>
internal static class ReferenceFeatures
{
    /// <summary>300 features of 16 dimensions, and 250 that lie elsewhere.</summary>
    public static Tensor Near => Of(1, 300, 16);

    public static Tensor Far => Of(2, 250, 16, 1.1, 0.2);

    /// <summary>Fewer samples than features.</summary>
    public static Tensor Wide => Of(3, 40, 64);

    public static Tensor Wider => Of(4, 30, 64, 1.2, 0.1);

    /// <summary>Each of the first hundred of <see cref="Near"/> three times.</summary>
    public static Tensor Repeated => Near.narrow(0, 0, 100).repeat_interleave(3, 0);

    /// <summary>Uniform numbers of a 32-bit linear congruential generator (Numerical Recipes), each leaning on its right neighbour.</summary>
    public static Tensor Of(uint seed, int rows, int columns, double scale = 1, double shift = 0)
    {
        var drawn = new double[rows, columns];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                seed = unchecked(1664525 * seed + 1013904223);
                drawn[row, column] = seed / 4294967296.0;
            }
        }
        var uniform = tensor(drawn);
        return scale * (uniform + 0.5 * uniform.roll(-1, 1)) + shift * arange(columns, dtype: float64) / columns;
    }
}
