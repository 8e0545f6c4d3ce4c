using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PluginGan;

/// <summary>
/// Standard normal values of pairs of random words (Box and Muller, doi:10.1214/aoms/1177706645). Logarithm, sine and cosine are the
/// polynomials of Cephes (S. L. Moshier) in plain additions and multiplications, so that every processor comes to the same bits, whatever
/// the width of its vectors and wherever a value stands.
/// </summary>
internal static class BoxMuller
{
    /// <summary>2⁻²⁴: a word's upper 24 bits are what float32 holds exactly.</summary>
    public const float Unit = 1f / (1 << 24);

    private const int Dropped = 8;
    private const int Mantissa = 23;
    private const int RootOfHalf = 0x3f3504f3;
    private const float Ln2High = 0.693359375f, Ln2Low = -2.12194440e-4f;
    private const float Turn = (float)(2 * Math.PI / (1 << 24));

    /// <summary>Two independent values of each pair.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<float> First, Vector256<float> Second) Pair(Vector256<uint> radius, Vector256<uint> angle)
    {
        // In (0, 1]: the logarithm of 0 would be infinite.
        var distance = Vector256.ConvertToSingle((radius >> Dropped).AsInt32() + Vector256<int>.One) * Unit;
        var length = Vector256.Sqrt(Logarithm(distance) * -2f);
        var (sine, cosine) = SineAndCosine((angle >> Dropped).AsInt32());
        return (length * cosine, length * sine);
    }

    /// <summary>Uniform in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform(Vector256<uint> words) => Vector256.ConvertToSingle((words >> Dropped).AsInt32()) * Unit;

    // Of values in (0, 1], none of them subnormal.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Logarithm(Vector256<float> value)
    {
        var bits = value.AsInt32();
        var exponent = (bits - Vector256.Create(RootOfHalf)) >> Mantissa;
        // From √½ to √2
        var x = (bits - (exponent << Mantissa)).AsSingle() - Vector256<float>.One;
        var square = x * x;
        var sum = x * 7.0376836292e-2f + Vector256.Create(-1.1514610310e-1f);
        sum = sum * x + Vector256.Create(1.1676998740e-1f);
        sum = sum * x + Vector256.Create(-1.2420140846e-1f);
        sum = sum * x + Vector256.Create(1.4249322787e-1f);
        sum = sum * x + Vector256.Create(-1.6668057665e-1f);
        sum = sum * x + Vector256.Create(2.0000714765e-1f);
        sum = sum * x + Vector256.Create(-2.4999993993e-1f);
        sum = sum * x + Vector256.Create(3.3333331174e-1f);
        var power = Vector256.ConvertToSingle(exponent);
        return x + (sum * x * square + power * Ln2Low - square * 0.5f) + power * Ln2High;
    }

    // Of so many 2⁻²⁴ turns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Sine, Vector256<float> Cosine) SineAndCosine(Vector256<int> turns)
    {
        // The nearest quarter, and what is left to either side of it, exactly.
        var quarter = (turns + Vector256.Create(1 << 21)) >> 22;
        var x = Vector256.ConvertToSingle(turns - (quarter << 22)) * Turn;
        var square = x * x;
        var sine = square * -1.9515295891e-4f + Vector256.Create(8.3321608736e-3f);
        sine = (sine * square + Vector256.Create(-1.6666654611e-1f)) * square * x + x;
        var cosine = square * 2.443315711809948e-5f + Vector256.Create(-1.388731625493765e-3f);
        cosine = (cosine * square + Vector256.Create(4.166664568298827e-2f)) * square * square - square * 0.5f + Vector256<float>.One;
        var swapped = Vector256.Equals(quarter & Vector256<int>.One, Vector256<int>.One).AsSingle();
        // The second bit of the quarter, as the sign of a float.
        var (ofSine, ofCosine) = (Sign(quarter), Sign(quarter + Vector256<int>.One));
        return (
            (Vector256.ConditionalSelect(swapped, cosine, sine).AsInt32() ^ ofSine).AsSingle(),
            (Vector256.ConditionalSelect(swapped, sine, cosine).AsInt32() ^ ofCosine).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sign(Vector256<int> quarter) => (quarter & Vector256.Create(2)) << 30;
}
