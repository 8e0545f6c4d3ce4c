namespace PluginGan.Core

/// The rules on how generator and discriminator stand to each other. Without the scalars of such a game they say nothing.
module internal GameRules =

    [<Literal>]
    let private Separation = "d/separation"

    // ---- the generator gets no gradient

    /// Below this the steps of Adam are lost in its epsilon, whatever they were before.
    let private nothing = 1e-7

    /// What is left of the gradient, as a share of the beginning, where a discriminator wins; and where nobody can say whether one does: a
    /// network that has learnt all there is has small gradients too.
    let private left wins = if wins then 1e-2 else 1e-4

    let private vanishing trace network =
        let name = $"gradient/{network}"

        let wins =
            Trace.last 5 Separation trace
            |> Option.map (fun shares -> List.min shares > 0.95)

        match Trace.last 5 name trace, Trace.beginning name trace with
        | Some norms, Some first ->
            let level = List.max first
            let limit = max (left wins.IsSome * level) nothing
            let newest = List.head norms

            Sign.judge (List.max norms < limit && wins <> Some false) (newest > 2.0 * limit || wins = Some false) (fun () ->
                {
                    Evidence =
                        $"The gradient norm of the {network} is {Sign.number newest}, "
                        + $"{Sign.ratio newest level} the {Sign.number level} that it was in the beginning: there is hardly anything to learn from."
                    Remedy =
                        "Take a loss that does not saturate, such as non-saturating or relativistic (loss), lower "
                        + "training.optimizers.discriminator.rate, or blur what the discriminator sees with instance-noise (augmentations)."
                    Rates = Remedies.discriminators trace |> Remedies.rates 0.3
                })
        | _ -> Unclear

    let vanishingGradients trace =
        Remedies.networks trace
        |> List.filter (Remedies.isDiscriminator >> not)
        |> List.map (vanishing trace)
        |> Sign.gravest

    // ---- the discriminator wins outright

    let dominance trace =
        match Trace.last 10 Separation trace, Trace.last 10 "d/loss" trace, Trace.beginning "d/loss" trace with
        | Some shares, Some losses, Some first ->
            // A critic's loss goes below zero while it separates: it has no floor, and separating costs it nothing.
            let limit = max (0.02 * List.max first) 0.005

            let won =
                List.min shares >= 0.99
                && List.forall (fun loss -> loss >= 0.0 && loss < limit) losses

            let over = List.head shares < 0.98 || abs (List.head losses) > 2.0 * limit

            Sign.judge won over (fun () ->
                {
                    Evidence =
                        $"The discriminator prefers the real one in {Sign.percent (List.average shares)} of all pairs, "
                        + $"and d/loss is {Sign.number (List.head losses)}: it has nothing left to learn."
                    Remedy =
                        "Lower training.optimizers.discriminator.rate or training.discriminatorSteps, or hold the discriminator back with r1 "
                        + "(regularizers), instance-noise (augmentations) or labelSmoothing (loss)."
                    Rates = Remedies.discriminators trace |> Remedies.rates 0.3
                })
        | _ -> Unclear

    // ---- the lead goes back and forth

    let private swing = 0.4

    /// How often a series turns round after a move of at least the swing.
    let private turns values =
        let step (low, high, rising, count) value =
            match rising with
            | true when value > high -> low, value, true, count
            | true when value < high - swing -> value, value, false, count + 1
            | false when value < low -> value, high, false, count
            | false when value > low + swing -> value, value, true, count + 1
            | _ -> low, high, rising, count

        match values with
        | [] -> 0
        | first :: _ ->
            let _, _, _, count = values |> List.fold step (first, first, true, 0)
            count

    let oscillation trace =
        match Trace.last Trace.Memory Separation trace with
        | Some shares ->
            let count = turns (List.rev shares)

            Sign.judge (count >= 8) (count <= 4) (fun () ->
                {
                    Evidence =
                        $"d/separation has turned round {count} times in the last {Trace.Memory} points, between "
                        + $"{Sign.number (List.min shares)} and {Sign.number (List.max shares)}: the networks run after each other."
                    Remedy =
                        "Damp the game with r1 or gradient-penalty (regularizers), lower the rates (training.optimizers.default.rate) or beta1, "
                        + "and average the generator (training.ema)."
                    Rates = Remedies.networks trace |> Remedies.rates 0.5
                })
        | None -> Unclear

    // ---- the generator makes the same sample again and again

    let private poor = 0.15

    /// A generator begins with samples that are all alike; it has so many iterations to spread them.
    let private grace = 1000L

    let private collapsed trace name =
        match Trace.last 10 name trace, trace.Recent with
        | Some values, newest :: _ ->
            let started = newest.Iteration >= grace || Map.find name trace.Highest > 0.5
            // Whoever is still getting better has not collapsed.
            let rises = List.head values > 2.0 * List.last values

            Sign.judge (started && not rises && List.max values < poor) (List.head values > 2.0 * poor) (fun () ->
                {
                    Evidence = $"{name} is {Sign.number (List.head values)}: generated samples vary so little, where real ones have 1."
                    Remedy =
                        "Let the discriminator see several samples at once (training.pack), lower training.optimizers.generator.rate, or take "
                        + "the relativistic loss with r1 and r2 (loss, regularizers)."
                    Rates = Remedies.networks trace |> Remedies.rates 0.5
                })
        | _ -> Unclear

    let collapse trace =
        // A discriminator without features has no spread: what is not logged must not keep a collapse from being over.
        [ "d/diversity"; "d/spread" ]
        |> List.filter (Trace.isLogged trace)
        |> List.map (collapsed trace)
        |> Sign.gravest
