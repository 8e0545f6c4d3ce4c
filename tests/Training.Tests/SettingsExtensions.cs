using PluginGan.Core;

namespace PluginGan.Training.Tests;

/// <summary>Changed copies of settings, as tests need them.</summary>
internal static class SettingsExtensions
{
    public static OptimizerSettings With(this OptimizerSettings settings, double rate, double beta1, double beta2) =>
        new(settings.Name, Schedule.Constant(rate), beta1, beta2, settings.Epsilon);
}
