using PluginGan.Repro;

return ReproCommand.Root().Parse(args).Invoke();
