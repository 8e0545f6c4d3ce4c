using PluginGan.Core;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>Follows a run with a progress bar: share done, kimg, img/s, time left and current losses.</summary>
internal sealed class TrainingBar(Screen screen, TimeProvider time, ProgressTask task) : ITrainingListener
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.25);

    private readonly Pace pace = new(time);
    private string losses = "";
    private long shown;

    /// <summary>Shows the bar for as long as the action runs.</summary>
    public static T Show<T>(Screen screen, TimeProvider time, string name, Func<ITrainingListener, T> action)
    {
        screen.HasBar = true;
        try
        {
            return screen.Progress.Progress()
                .Columns(
                    new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn())
                .Start(progress => action(new TrainingBar(screen, time, progress.AddTask(Markup.Escape(name), maxValue: 1))));
        }
        finally
        {
            screen.HasBar = false;
        }
    }

    public void Iterated(Trainer trainer)
    {
        pace.Iterated();
        if (shown != 0 && time.GetElapsedTime(shown) < Between && trainer.Iteration < trainer.Iterations)
            return;
        shown = time.GetTimestamp();
        task.Value = trainer.Iteration / (double)trainer.Iterations;
        task.Description = Markup.Escape($"{pace.Describe(trainer)}  {losses}");
    }

    public void Happened(RunEvent happened)
    {
        switch (happened.Kind)
        {
            case RunEventKind.Scalars:
                losses = TrainingText.Losses(happened);
                break;
            case RunEventKind.Scores:
                screen.Progress.MarkupLineInterpolated($"[grey]iteration {happened.Iteration}[/]  {TrainingText.Scores(happened)}");
                break;
            case RunEventKind.Warning:
            case RunEventKind.RolledBack:
                screen.Progress.MarkupLineInterpolated($"[yellow]warning:[/] {happened.Text}");
                break;
            case RunEventKind.Diagnosis:
                screen.Progress.MarkupLineInterpolated($"[yellow]warning:[/] iteration {happened.Iteration}: {happened.Text}");
                break;
        }
    }
}
