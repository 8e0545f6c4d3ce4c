namespace PluginGan.Core

open System
open PluginGan

/// How the weights of the generating networks are averaged (an exponential moving average, EMA).
type AveragingSettings =
    {
        /// The half-life in thousands of real samples, at least 0; at 0 the average is the present weights.
        HalfLifeKimg: Schedule
        /// The half-life is at most this share of the samples seen so far, so that the first weights are soon forgotten; null for no such bound
        /// (StyleGAN2, arXiv:1912.04958, uses 0.05 at small resolutions).
        RampUp: Nullable<float>
    }

    /// <summary>What remains of the averages after one iteration: 0.5^(batch / 1000 / half-life), 0 to 1.</summary>
    /// <param name="batch">Real samples in an iteration.</param>
    /// <param name="time">Where the run stood when the iteration began.</param>
    member this.Decay(batch: int, time: TrainingTime) : float =
        let scheduled = this.HalfLifeKimg.At time

        let halfLife =
            if this.RampUp.HasValue then
                min scheduled (this.RampUp.Value * time.Kimg)
            else
                scheduled

        if halfLife <= 0.0 then
            0.0
        else
            0.5 ** (float batch / 1000.0 / halfLife)
