using PluginGan.Bench;

return BenchCommand.Root().Parse(args).Invoke();
