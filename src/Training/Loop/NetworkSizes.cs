using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>What networks take, found before they take it: they are built on torch's meta device, where a tensor has a shape and no
/// values.</summary>
public static class NetworkSizes
{
    // The default device belongs to the process.
    private static readonly Lock Gate = new();

    /// <summary>The bytes of parameters and buffers by role, or null where the model cannot be built without values; then building it in
    /// earnest says why, or succeeds.</summary>
    /// <param name="build">Builds a model that is used for nothing else.</param>
    public static IReadOnlyDictionary<string, long>? Of(Func<GanModel> build)
    {
        lock (Gate)
        {
            var usual = get_default_device();
            set_default_device(META);
            try
            {
                using var model = build();
                var networks = model.Networks.ToDictionary(StringComparer.Ordinal);
                try
                {
                    return networks.ToDictionary(network => network.Key, network => Bytes(network.Value), StringComparer.Ordinal);
                }
                finally
                {
                    foreach (var network in networks.Values)
                        network.Dispose();
                }
            }
            // A plugin may read values, or refuse its task; whichever it is, it does so again when the model is built in earnest.
            catch (Exception)
            {
                return null;
            }
            finally
            {
                set_default_device(usual);
            }
        }
    }

    private static long Bytes(nn.Module network) => network.parameters().Concat(network.buffers()).Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
}
