using System.Runtime.InteropServices;
using System.Text.Json;
using NUnit.Framework;

namespace PluginGan.EndToEnd.Tests;

/// <summary>Signals from a terminal, a shell or the system, and what they leave behind.</summary>
[Platform("Linux")]
public class SignalTests
{
    private const int HangUp = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly string Long = Recipe.Tiny.With("\"iterations\": 40", "\"iterations\": 300000").With("\"checkpointEvery\": 10", "\"checkpointEvery\": 30").With("[ \"mean-gap\" ]", "[]");

    [Test]
    public void A_killed_run_is_stopped_is_resumed_without_its_name_and_a_closed_terminal_ends_it_with_a_checkpoint()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Long);
        using var killed = product.Start("train", "recipe.json");
        var events = ResumeTests.WaitForRun(product, "tiny", killed, Tell("\"checkpoint\""));
        killed.Kill();

        var list = product.Run("runs", "list", "--json");
        var shown = product.Run("runs", "list").Output;
        var lines = ResumeTests.Lines(events).Length;
        using var resumed = product.Start("train", "--resume");
        ResumeTests.WaitForRun(product, "tiny", resumed, read => read.Length > lines + 20);
        Signal(resumed, HangUp);
        var outcome = resumed.Wait();

        var run = JsonDocument.Parse(list.Output).RootElement[0];
        Assert.That((run.GetProperty("status").GetString(), run.GetProperty("resume").GetString()), Is.EqualTo(("stopped", $"plugingan train --resume {Path.Combine("runs", run.GetProperty("name").GetString()!)}")));
        Assert.That(shown, Does.Contain("stopped").And.Contain("last event").And.Contain("continue with plugingan train --resume").And.Not.Contain("\x1b"), "a pipe has no colours");
        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(outcome.Output, Does.Match(@"resuming \S+-tiny-\w+, stopped at iteration \d+").And.Contain("interrupted after iteration"));
        Assert.That(ResumeTests.Lines(events).TakeLast(2), Has.One.Contains("\"checkpoint\"").And.One.Contains("\"interrupted\""));
    }

    [Test]
    public void Under_nohup_a_closed_terminal_is_nothing_to_a_run()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Long);
        using var running = product.StartPrepared("trap '' HUP", "train", "recipe.json");
        var events = ResumeTests.WaitForRun(product, "tiny", running, Tell("\"checkpoint\""));

        Signal(running, HangUp);
        var lines = ResumeTests.Lines(events).Length;
        ResumeTests.WaitForRun(product, "tiny", running, read => read.Length > lines + 20);
        Signal(running, Terminate);
        var outcome = running.Wait();

        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(ResumeTests.Lines(events)[^1], Does.Contain("\"interrupted\""));
    }

    [Test]
    public void A_second_Ctrl_C_ends_a_run_whose_plugin_does_not_return_and_says_what_it_met()
    {
        using var product = new Product().With("Games");
        product.File("recipe.json", Long.With("\"non-saturating\"", "\"hangs-in-the-loop\", \"at\": 20"));
        using var running = product.Start("train", "recipe.json");
        ResumeTests.WaitForRun(product, "tiny", running, read => read.Count(line => line.Contains("\"scalars\"", StringComparison.Ordinal)) == 2);

        // Some programs send a signal twice: that is one order.
        Signal(running, Interrupt);
        Signal(running, Interrupt);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.That(running.HasExited, Is.False);
        Signal(running, Interrupt);
        var outcome = running.Wait();

        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain("iteration 20, phase 'd', the loss of the plugin 'PluginGan.TestPlugins.Games'"));
    }

    [Test]
    public void A_fit_that_is_interrupted_says_that_it_has_written_nothing()
    {
        using var product = new Product();
        var weights = Path.Combine(product.Folder, "weights", "classifier.safetensors");
        using var running = product.Start("fit", "classifier", "--dataset", "fashion-mnist-10k", "--out", weights, "--threads", "1");
        // Made right before the fit begins.
        while (!Directory.Exists(Path.GetDirectoryName(weights)) && !running.HasExited)
            Thread.Yield();

        Signal(running, Terminate);
        var outcome = running.Wait();

        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(outcome.Errors, Does.Contain($"'{weights}' was not written").And.Contain("cannot be resumed"));
        Assert.That(File.Exists(weights), Is.False);
    }

    private static Func<string[], bool> Tell(string text) => lines => lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    private static void Signal(Product.Running running, int signal) => Assert.That(Kill(running.Id, signal), Is.Zero);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
