namespace PluginGan.Training;

/// <summary>
/// What is being called at this moment, for a thread that must say so while the call does not return. Written by one thread with a few
/// stores, without locks; what another thread reads may mix two calls that follow on each other.
/// </summary>
public sealed class CallTrace
{
    private volatile string activity = "";
    private volatile object? callee;
    private long iteration = -1;

    /// <summary>What is being called.</summary>
    public TracedCall Current => new(activity, callee, Volatile.Read(ref iteration));

    /// <summary>Something begins.</summary>
    /// <param name="activity">What, such as "phase 'd'".</param>
    /// <param name="iteration">The iterations done; negative where none are counted.</param>
    /// <param name="callee">The component that it calls, the name of a plugin, or null.</param>
    public void Begin(string activity, long iteration = -1, object? callee = null)
    {
        (this.activity, this.callee) = (activity, callee);
        Volatile.Write(ref this.iteration, iteration);
    }

    /// <summary>A component is called within what has begun, until the region is disposed.</summary>
    public Region Calling(object component) => Within(activity, component);

    /// <summary>Something is done within what has begun, until the region is disposed: then what was before goes on.</summary>
    /// <param name="activity">What, such as "making the dataset 'x'".</param>
    /// <param name="callee">The component that it calls, the name of a plugin, or null.</param>
    public Region Within(string activity, object? callee)
    {
        var region = new Region(this, this.activity, this.callee);
        (this.activity, this.callee) = (activity, callee);
        return region;
    }

    /// <summary>A call of a component.</summary>
    public readonly ref struct Region(CallTrace trace, string activity, object? callee)
    {
        /// <summary>Ends the call.</summary>
        public void Dispose() => (trace.activity, trace.callee) = (activity, callee);
    }
}

/// <summary>What is being called.</summary>
/// <param name="Activity">What it is; empty before anything.</param>
/// <param name="Callee">The component that is called, the name of a plugin, or null.</param>
/// <param name="Iteration">The iterations done; negative where none are counted.</param>
public readonly record struct TracedCall(string Activity, object? Callee, long Iteration);
