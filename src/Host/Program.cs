using PluginGan.Host.Commands;

return await CommandLine.RunAsync(args);
