using TorchSharp;
using TorchSharp.Modules;

namespace PluginGan.Training;

/// <summary>TensorBoard event files.</summary>
internal sealed class TensorBoardLog(string folder)
{
    private readonly SummaryWriter writer = torch.utils.tensorboard.SummaryWriter(folder, createRunName: false);

    public void Scalars(IReadOnlyDictionary<string, double> values, long iteration)
    {
        foreach (var (name, value) in values)
            writer.add_scalar(name, (float)value, (int)iteration);
    }

    public void Image(string name, string path, long iteration) => writer.add_img(name, path, (int)iteration);
}
