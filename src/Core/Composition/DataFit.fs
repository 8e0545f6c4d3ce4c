namespace PluginGan.Core

open PluginGan

/// Whether a recipe can work with the data that was opened for it.
module internal DataFit =

    let private locate path = Place.create "" path

    let private sameSample (one: SampleSpec) (other: SampleSpec) =
        one.Kind = other.Kind && Seq.toList one.Shape = Seq.toList other.Shape

    let private text (names: string seq) = String.concat ", " names

    /// Where numbers of one shape stand for other things: columns, categories, symbols.
    let otherMeaning (training: SampleSpec) (evaluation: SampleSpec) =
        match training, evaluation with
        | (:? SequenceSpec as one), (:? SequenceSpec as other) when not (Seq.forall2 (=) one.Alphabet other.Alphabet) ->
            Some $"has the symbols {text other.Alphabet}, but the training data has {text one.Alphabet}"
        | (:? TableSpec as one), (:? TableSpec as other) ->
            Seq.zip one.Columns other.Columns
            |> Seq.tryPick (fun (one, other) ->
                match Option.ofObj one.Categories, Option.ofObj other.Categories with
                | _ when one.Name <> other.Name -> Some $"has the column '{other.Name}', where the training data has '{one.Name}'"
                | Some known, Some found when Seq.toList known <> Seq.toList found ->
                    Some $"has the categories {text found} in the column '{one.Name}', but the training data has {text known}"
                | Some _, None -> Some $"has numbers in the column '{one.Name}', but the training data has categories"
                | None, Some _ -> Some $"has categories in the column '{one.Name}', but the training data has numbers"
                | Some _, Some _
                | None, None -> None)
        | _ -> None

    /// Class names are not compared: the other split may spell them differently, and only their number is built into networks.
    let sameCondition (one: ConditionSpec) (other: ConditionSpec) =
        match one, other with
        | (:? ClassCondition as one), (:? ClassCondition as other) -> one.Count = other.Count
        | (:? VectorCondition as one), (:? VectorCondition as other) -> one.Size = other.Size
        | (:? SampleCondition as one), (:? SampleCondition as other) -> sameSample one.Sample other.Sample
        | _ -> one.Kind = other.Kind

    let private components catalogue (recipe: Recipe) (data: DataSpec) uses =
        let parts = Fit.parts catalogue uses

        let offer =
            {
                Source = $"dataset '{recipe.Dataset.Name}'"
                Samples = [ data.Sample.Kind ]
                Conditions = [ data.Condition.Kind ]
                Data = parts |> List.tryFind (fun part -> part.Use.Choice.Path = "dataset")
            }

        parts
        |> List.filter (fun part -> part.Use.Kind <> ComponentKind.Dataset)
        |> Fit.withData catalogue locate offer

    let private evaluation (training: DataSpec) (evaluation: DataSpec) =
        let differ verb one other =
            locate "evaluation.dataset"
            |> Place.error $"{verb} {other}, but the training data {verb} {one}; both must be alike"

        [
            if not (sameSample training.Sample evaluation.Sample) then
                differ "yields" (string training.Sample) (string evaluation.Sample)
            else
                match otherMeaning training.Sample evaluation.Sample with
                | Some difference ->
                    locate "evaluation.dataset"
                    |> Place.error $"{difference}; both must be alike, as the splits of one file are"
                | None -> ()
            if not (sameCondition training.Condition evaluation.Condition) then
                differ "comes with" (string training.Condition) (string evaluation.Condition)
        ]

    let private batch (training: TrainingSettings) count =
        let step = int64 (training.Accumulate * training.Pack)
        let largest = count / step * step

        let fix =
            if largest > 0L then
                $"the largest that works is {largest}"
            else
                $"even the smallest batch with accumulate {training.Accumulate} and pack {training.Pack} is {step}"

        [
            if int64 training.Batch > count then
                locate "training.batch"
                |> Place.error $"must be at most the {count} samples of the training data, but is {training.Batch}; {fix}"
        ]

    let misfits catalogue uses (recipe: Recipe) training count evaluationData =
        components catalogue recipe training uses
        @ evaluation training evaluationData
        @ batch recipe.Training count
