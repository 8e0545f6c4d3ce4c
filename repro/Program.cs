using System.Text.Json;
using PluginGan.Repro;

try
{
    return ReproCommand.Root().Parse(args).Invoke();
}
// A study is a command: none can be had without reading them all.
catch (JsonException error)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}
