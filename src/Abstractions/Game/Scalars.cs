using TorchSharp;

namespace PluginGan;

/// <summary>
/// Numbers that mathematics on tensors needs all the time. TorchSharp turns a C# number into a Scalar, native memory that stays until a garbage collection; even the sum of two tensors makes
/// one. Code that runs in every update takes these: <c>a.add(b, Scalars.One)</c>.
/// </summary>
public static class Scalars
{
    /// <summary>0.</summary>
    public static Scalar Zero { get; } = 0.0;

    /// <summary>½.</summary>
    public static Scalar Half { get; } = 0.5;

    /// <summary>1.</summary>
    public static Scalar One { get; } = 1.0;

    /// <summary>2.</summary>
    public static Scalar Two { get; } = 2.0;

    /// <summary>−½.</summary>
    public static Scalar MinusHalf { get; } = -0.5;

    /// <summary>−1.</summary>
    public static Scalar MinusOne { get; } = -1.0;
}
