namespace PluginGan.Core

open System

/// The rules on values that no healthy training shows, whatever its game.
module internal BrokenValues =

    // ---- not finite

    let private tooOften = 0.1
    let private hardlyEver = 0.02

    let finding trace evidence =
        {
            Evidence = evidence
            Remedy =
                "Lower the learning rates (training.optimizers.default.rate) or clip the gradients (training.optimizers.default.clip); "
                + "in bf16, try training.precision fp32."
            Rates = Remedies.networks trace |> Remedies.rates 0.3
        }

    let nonFinite trace =
        let values =
            trace.Recent
            |> List.tryHead
            |> Option.map (_.Values >> Map.toList)
            |> Option.defaultValue []

        let broken =
            values
            |> List.filter (fun (_, value) -> not (Double.IsFinite value))
            |> List.map fst
            // The losses first: gradients follow from them.
            |> List.sortBy (fun name -> name.StartsWith("gradient/", StringComparison.Ordinal), name)

        let masked =
            [
                for network in Trace.named "masked/" trace do
                    match Trace.last 3 $"masked/{network}" trace with
                    | Some shares -> network, shares
                    | None -> ()
            ]

        match broken, masked |> List.tryFind (fun (_, shares) -> List.min shares > tooOften) with
        | name :: _, _ -> Ill(finding trace $"{name} has not once been a finite number since the log before.")
        | [], Some(network, newest :: _) ->
            Ill(finding trace $"The gradients of the {network} are not finite in {Sign.percent newest} of its steps, which are skipped.")
        | _ when masked |> List.forall (fun (_, shares) -> List.head shares < hardlyEver) -> Well
        | _ -> Unclear

    // ---- growth without bound

    /// Ill where the last three values are all beyond a limit, well once the newest is below half of it.
    let private beyond limit name trace finding =
        match Trace.last 3 name trace with
        | Some values ->
            Sign.judge (values |> List.forall (fun value -> abs value > limit)) (abs (List.head values) < limit / 2.0) (fun () ->
                finding (List.head values))
        | None -> Unclear

    /// None where it is not logged, or began with 0, so that there is nothing to measure it by.
    let private growth factor what name trace finding =
        match Trace.beginning name trace with
        | Some first ->
            let level = first |> List.map abs |> List.max

            if level > 0.0 then
                beyond (factor * level) name trace (fun value ->
                    finding $"{what} is {Sign.number value}, {Sign.ratio value level} what it was at most in the beginning.")
                |> Some
            else
                None
        | None when Trace.isLogged trace name -> Some Unclear
        | None -> None

    /// A discriminator that gives every sample the same verdict pays a loss of about 1 in any usual game. One that pays a hundred times as
    /// much, and did not from the start, makes things up.
    let private senseless = 100.0

    let private discriminatorLoss trace finding =
        match Trace.last 3 "d/loss" trace, Map.tryFind "d/loss" trace.Smallest with
        | Some values, Some smallest ->
            let much = max senseless (10.0 * smallest)

            // Three times in a row, or once beyond all measure.
            Sign.judge (List.min values > much || List.max values > 10.0 * much) (List.max values < senseless / 2.0) (fun () ->
                finding
                    $"d/loss is {Sign.number (List.max values)}, where a discriminator that gives all samples the same verdict pays about 1.")
        | _ -> Unclear

    let divergence trace =
        let finding evidence =
            {
                Evidence = evidence
                Remedy =
                    "Lower the learning rates (training.optimizers.default.rate), clip the gradients (training.optimizers.default.clip), "
                    + "or keep the discriminator smooth with r1 or gradient-penalty (regularizers)."
                Rates = Remedies.networks trace |> Remedies.rates 0.3
            }

        // A critic's verdicts may drift together as far as they like, and the generator's loss with them: where there is a
        // discriminator's loss, which sees differences only, it alone tells.
        let hasDiscriminator = Trace.isLogged trace "d/loss"

        let losses =
            if hasDiscriminator then
                [ "d/loss" ]
            else
                Trace.named "" trace
                |> List.filter (fun name -> name.EndsWith("/loss", StringComparison.Ordinal))

        [
            if hasDiscriminator then
                Some(discriminatorLoss trace finding)
            for name in losses do
                growth 100.0 name name trace finding
            for network in Remedies.networks trace do
                growth 1000.0 $"The gradient norm of the {network}" $"gradient/{network}" trace finding
                growth 30.0 $"The norm of the weights of the {network}" $"weights/{network}" trace finding
        ]
        |> List.choose id
        |> Sign.gravest

    // ---- no movement

    let private still = 1e-6

    /// Weights that did not move while their network was trained.
    let private standing trace network =
        match Trace.last 10 $"weights/{network}" trace, Trace.last 10 $"gradient/{network}" trace with
        | Some norms, Some gradients when List.max norms > 0.0 ->
            let moved = (List.max norms - List.min norms) / List.max norms
            let gradient = Sign.number (List.average gradients)

            Sign.judge (moved < still) (moved > 100.0 * still) (fun () ->
                {
                    Evidence =
                        $"The norm of the weights of the {network} has changed by {Sign.number moved} of itself, "
                        + $"while its gradient norm is {gradient}."
                    Remedy =
                        $"Raise training.optimizers.{network}.rate, or look at its schedule; where the gradient is zero, "
                        + "another loss or architecture is needed."
                    Rates = [ network, 10.0 ]
                })
        | _ -> Unclear

    let stall trace =
        Remedies.networks trace |> List.map (standing trace) |> Sign.gravest
