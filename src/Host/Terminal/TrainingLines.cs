using PluginGan.Core;
using PluginGan.Training;
using Spectre.Console;

namespace PluginGan.Host.Terminal;

/// <summary>Follows a run in plain lines: for pipes and log files.</summary>
internal sealed class TrainingLines(Screen screen, TimeProvider time) : ITrainingListener
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    private readonly Pace pace = new(time);
    private Trainer? trainer;
    private long shown;

    public void Iterated(Trainer trainer)
    {
        this.trainer = trainer;
        pace.Iterated();
    }

    public void Happened(RunEvent happened)
    {
        switch (happened.Kind)
        {
            case RunEventKind.Warning:
            case RunEventKind.RolledBack:
                screen.Warning(happened.Text);
                break;
            case RunEventKind.Diagnosis:
                screen.Warning($"iteration {happened.Iteration}: {happened.Text}");
                break;
            case RunEventKind.Scores:
                screen.ProgressLine($"iteration {happened.Iteration}  {TrainingText.Scores(happened)}");
                break;
            case RunEventKind.Scalars when trainer is not null && (shown == 0 || time.GetElapsedTime(shown) >= Between || trainer.Iteration == trainer.Iterations):
                shown = time.GetTimestamp();
                screen.ProgressLine($"iteration {trainer.Iteration}/{trainer.Iterations}  {pace.Describe(trainer)}  {TrainingText.Losses(happened)}");
                break;
        }
    }
}
