using System.Security.Cryptography;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>The bytes of tensors of any size in a hash.</summary>
internal static class TensorHash
{
    // Far below the two gigabytes that a span can hold, whatever the type.
    private const long Slice = 1 << 26;

    public static void Append(IncrementalHash hash, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var numbers = tensor.detach().contiguous().view(-1);
        for (var from = 0L; from < numbers.shape[0]; from += Slice)
            hash.AppendData(numbers.narrow(0, from, Math.Min(Slice, numbers.shape[0] - from)).bytes);
    }
}
