namespace PluginGan.Bench.Games;

/// <summary>Who runs a training.</summary>
internal enum TrainingLoop
{
    /// <summary>A loop by hand, as a tutorial has it.</summary>
    Plain,

    /// <summary>The product's trainer.</summary>
    Trainer,

    /// <summary>The trainer with a run directory: history, sample sheet and checkpoints.</summary>
    Run,
}
