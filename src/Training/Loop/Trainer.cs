using PluginGan.Core;
using TorchSharp;
using static TorchSharp.torch;

namespace PluginGan.Training;

/// <summary>
/// The training loop: the only one. Each iteration is what the plan says: updates of the objective's phases, then the observer's logs,
/// evaluations, snapshots and checkpoints; after a log or a checkpoint the observer
/// may go back to an earlier checkpoint.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly TrainerSetup setup;
    private readonly Plan plan;
    private readonly Dictionary<string, NetworkWeights> weights;
    private readonly Dictionary<Phase, PhaseState> phases;
    private readonly MovingAverage? average;
    private readonly StateTensors state;
    private readonly ScalarAverages scalars = new();
    private readonly WaitingCheck? waiting;
    private readonly UpdateParts parts;
    private Draw? draw;

    /// <summary>Moves networks and states to the device and prepares optimisers and averages.</summary>
    /// <exception cref="ComponentException">Networks, phases and roles do not fit together.</exception>
    public Trainer(TrainerSetup setup)
    {
        this.setup = setup;
        var games = GamePhases.Of(setup);
        Phase[] all = [.. games.Select(game => game.Phase)];
        Networks = new NetworkSet(setup.Model, setup.Objective.Networks, all, setup.Device, setup.Training.MemoryFormat != MemoryFormat.Contiguous);
        PhaseRules.Check(all, setup);
        foreach (var component in setup.Components.Values)
            component.State?.to(setup.Device);
        plan = new Plan(setup.Training, all, setup.Evaluates, setup.Baseline);
        parts = new UpdateParts(setup, Networks, scalars, setup.Training.Precision == Precision.Bf16 ? Autocast.Find(setup.Device.type) : null);
        waiting = setup.RefusesWaiting ? WaitingCheck.Find() : null;
        weights = all.SelectMany(phase => phase.Trains).Distinct()
            .ToDictionary(role => role, role => new NetworkWeights(role, Networks[role], Networks.Buffers(role), setup.Optimizer(role)), StringComparer.Ordinal);
        phases = games.ToDictionary(game => game.Phase, game => new PhaseState(game, setup, Networks, weights));
        if (setup.Training.Ema is not null)
            average = new MovingAverage(Networks, setup.Model.Generates);
        state = new StateTensors(Networks, weights, average, setup.Components, scalars);
    }

    /// <summary>The same, but for what does not fit into main memory: that is refused, where else the system would end the
    /// process.</summary>
    /// <exception cref="ComponentException">Networks, phases and roles do not fit together, or buffers do not fit into memory.</exception>
    public static Trainer Prepare(TrainerSetup setup)
    {
        if (setup.Device.type != DeviceType.CPU)
            return new Trainer(setup);
        var networks = setup.Model.Networks.Concat(setup.Objective.Networks)
            .Select(network => $"{network.Key} {network.Value.parameters().Sum(parameter => parameter.NumberOfElements) / 1e6:0.0} million");
        return MemoryGuard.Make($"gradients, moments and averages of the weights ({string.Join(", ", networks)}) need", "make the networks smaller", () => new Trainer(setup));
    }

    /// <summary>The model in training.</summary>
    public GanModel Model => setup.Model;

    /// <summary>Iterations done.</summary>
    public long Iteration { get; private set; }

    /// <summary>Iterations of the whole run.</summary>
    public long Iterations => setup.Training.Iterations;

    /// <summary>Thousands of real samples shown: iteration × batch / 1000.</summary>
    public double Kimg => Iteration * setup.Training.Batch / 1000.0;

    /// <summary>Whether the plan evaluates at the iteration that was done last; an interruption there goes before it.</summary>
    public bool EvaluationWasDue => Iteration > 0 && plan.Next(Iteration - 1, interrupted: false).Due.HasFlag(Due.Evaluation);

    internal NetworkSet Networks { get; }

    /// <summary>Trains until the plan ends or the user interrupts; an interrupted run ends its iteration and checkpoints.</summary>
    /// <param name="observer">Acts between iterations.</param>
    /// <param name="interrupt">Ends the run early.</param>
    /// <exception cref="ComponentException">A component cannot learn from the data.</exception>
    /// <exception cref="TrainingException">A component failed; says in which phase and iteration.</exception>
    public StopReason Run(ITrainingObserver observer, CancellationToken interrupt)
    {
        if (Iteration == 0)
            setup.Learn();
        while (Iteration < Iterations)
        {
            setup.Model.Advance(plan.Progress(Iteration));
            var planned = plan.Next(Iteration, interrupt.IsCancellationRequested);
            foreach (var update in planned.Updates)
                Update(phases[update.Phase], update);
            EndIteration();
            observer.Iterated();
            using var earlier = Observe(planned.Due, observer);
            if (earlier is not null)
                Restore(earlier.State);
            else if (planned.Stop != StopReason.None)
                return planned.Stop;
        }
        return StopReason.Completed;
    }

    /// <summary>One update: loss and backward for each micro-batch, then the optimisers' steps.</summary>
    private void Update(PhaseState phase, PlannedUpdate update)
    {
        var time = setup.Training.TimeOf(Iteration);
        using var region = waiting is null ? default : waiting.Refuse();
        setup.Trace.Begin(phase.Activity, Iteration, setup.Objective);
        Networks.Unfreeze(phase.Roles);
        phase.Begin();
        var hasGradients = false;
        for (var micro = 0; micro < setup.Training.Accumulate; micro++)
        {
            using var scope = NewDisposeScope();
            if (!update.SharesDraw)
                ReplaceDraw(new Draw(parts, phase.Phase.Name, Iteration, update.Repeat, micro, update.DrawIsShared));
            var step = new Step(parts, phase.Game, draw!, time, update.Repeat, micro, phase.TrainsGenerator);
            GlobalGenerator.Seed(setup.Device, draw!.Seed($"{phase.Phase.Name}/noise"));
            using var noise = draw!.Begin($"{phase.Phase.Name}/noise");
            try
            {
                hasGradients |= AccumulateGradients(phase, step);
            }
            catch (Exception error) when (error is not (ComponentException or OperationCanceledException))
            {
                throw new TrainingException(phase.Phase.Name, Iteration, error);
            }
        }
        if (!update.DrawIsShared)
            ReplaceDraw(null);
        phase.Step(time, hasGradients, scalars.Add);
    }

    /// <summary>Loss and backward of one micro-batch.</summary>
    /// <returns>Whether there was a loss.</returns>
    private bool AccumulateGradients(PhaseState phase, Step step)
    {
        Tensor? loss;
        using (parts.InMixedPrecision())
            loss = phase.Loss(step);
        if (loss is null)
            return false;
        if (setup.Training.Accumulate > 1)
        {
            using Scalar share = 1.0 / setup.Training.Accumulate;
            loss = loss.mul(share);
        }
        loss.backward();
        using var quiet = no_grad();
        step.ShowVerdict();
        return true;
    }

    /// <summary>What follows the last update: phases whose updates do not last are reverted, and the averages move.</summary>
    private void EndIteration()
    {
        var time = setup.Training.TimeOf(Iteration);
        Iteration++;
        foreach (var network in weights.Values)
            network.Revert();
        foreach (var phase in phases.Values)
            phase.Revert();
        average?.Update(setup.Training.Ema!.Decay(setup.Training.Batch, time));
        parts.Kept.Clear();
        scalars.Bound();
    }

    /// <summary>What is due after an iteration, in the order of the plan.</summary>
    /// <returns>The checkpoint to go back to, or null. What else was due here then comes up again.</returns>
    private Checkpoint? Observe(Due due, ITrainingObserver observer)
    {
        if (due.HasFlag(Due.Log) && observer.Log(ReadScalars()) is { } earlier)
            return earlier;
        if (due.HasFlag(Due.Evaluation))
            observer.Evaluate();
        if (due.HasFlag(Due.Snapshot))
            observer.Snapshot();
        return due.HasFlag(Due.Checkpoint) ? observer.WriteCheckpoint() : null;
    }

    /// <summary>Calls something with the averaged weights in place and every network in evaluation mode, and leaves no trace.</summary>
    public T WithAverages<T>(Func<T> action)
    {
        using var quiet = no_grad();
        setup.Model.Advance(plan.Progress(Iteration));
        average?.Swap();
        Networks.Train(false);
        try
        {
            return action();
        }
        finally
        {
            Networks.Train(true);
            average?.Swap();
        }
    }

    /// <summary>The name of a weight or average that is no longer finite, or null: one transfer from the device.</summary>
    public string? FirstBrokenWeight() => state.FirstBroken();

    /// <summary>Everything that must survive, by name. The tensors are the live ones: copy or write them before the next iteration.</summary>
    public TrainerState Capture()
    {
        var tensors = state.All.ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
        return new TrainerState(tensors, Iteration, setup.Data.Consumed,
            weights.ToDictionary(entry => entry.Key, entry => entry.Value.Steps), scalars.State().ToDictionary(entry => entry.Name, entry => entry.Count));
    }

    /// <summary>Multiplies the learning rates of networks from here on. The factors are no part of the state: who sets them sets them again.</summary>
    /// <param name="factors">Factors by network; 1 for those that it does not name.</param>
    public void ScaleRates(IReadOnlyDictionary<string, double> factors)
    {
        foreach (var (role, network) in weights)
            network.RateFactor = factors.GetValueOrDefault(role, 1);
    }

    /// <summary>Continues from a state that was captured from an equal setup. While the training runs, an observer returns a checkpoint instead.</summary>
    /// <exception cref="ComponentException">The tensors are not those of this setup; nothing has been changed then.</exception>
    public void Restore(TrainerState from)
    {
        state.Restore(from);
        foreach (var (role, steps) in from.OptimizerSteps)
            weights[role].Steps = steps;
        Iteration = from.Iteration;
        setup.Data.Resume(from.Consumed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        draw?.Dispose();
        parts.Kept.Clear();
        foreach (var network in weights.Values)
            network.Dispose();
        average?.Dispose();
        scalars.Dispose();
        Networks.Dispose();
    }

    /// <summary>The averages since the last log, and the norms of the weights as they are.</summary>
    private IReadOnlyDictionary<string, double> ReadScalars()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        foreach (var (role, network) in weights)
            scalars.Add($"weights/{role}", network.Norm);
        return scalars.Read();
    }

    private void ReplaceDraw(Draw? next)
    {
        draw?.Dispose();
        draw = next;
    }
}
