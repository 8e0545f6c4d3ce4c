using PluginGan.Core;
using TorchSharp;

namespace PluginGan.Training;

/// <summary>What is chosen where a recipe says "auto". Decided when a run begins and written into its recipe; a resume never chooses again.</summary>
public static class AutomaticSettings
{
    /// <summary>The settings with nothing left to choose. The choice depends on the kind of device only, so that equal recipes stay equal runs (docs/adr/0009 and 0013).</summary>
    public static TrainingSettings Resolve(TrainingSettings training, torch.Device device)
    {
        var precision = training.Precision == Precision.Auto ? Precision.Fp32 : training.Precision;
        var format = training.MemoryFormat != MemoryFormat.Auto ? training.MemoryFormat
            : device.type == DeviceType.CPU || precision == Precision.Bf16 ? MemoryFormat.ChannelsLast
            : MemoryFormat.Contiguous;
        return training.Choose(precision, format);
    }
}
