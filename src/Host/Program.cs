using PluginGan.Host;
using PluginGan.Host.Commands;
using PluginGan.Training;

try
{
    NativeTorch.Load();
}
catch (DllNotFoundException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return ExitCode.Failed;
}
return await CommandLine.RunAsync(args);
