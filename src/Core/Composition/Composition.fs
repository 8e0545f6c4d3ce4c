namespace PluginGan.Core

open System
open System.Collections.Generic
open PluginGan

/// Turns what a person wrote into a recipe of which the parts are known to fit together.
[<AbstractClass; Sealed>]
type Composition =

    /// <summary>Reads a recipe, checks its components and options against a catalogue, and fills in every default.</summary>
    /// <param name="file">The recipe's path, handed to <paramref name="read"/>.</param>
    /// <param name="overrides">Changes such as "training.batch=128", in order. A value is JSON where it parses as such, else text.</param>
    /// <param name="read">
    /// Gives the text of a file, or throws as File.ReadAllText does. Extended recipes are asked for relative to the file that extends them.
    /// </param>
    /// <param name="catalogue">The known components.</param>
    /// <returns>The recipe, with the evaluation data named and each component's defaults among its options.</returns>
    /// <exception cref="T:PluginGan.Core.RecipeException">Anything is wrong; it lists everything, from all stages.</exception>
    static member Compose
        (file: string, overrides: IReadOnlyList<string>, read: Func<string, string>, catalogue: IReadOnlyList<ComponentDescription>)
        : Recipe =
        let known = List.ofSeq catalogue

        let compose tree =
            let locate path = Node.locate path tree

            RecipeReading.outline (Some known) tree
            |> Draft.check (fun outline ->
                let misfits = Fit.misfits known locate outline.Components
                misfits @ Needs.misfits known locate misfits outline)
            |> Draft.blame (RecipeReading.nameFaults tree)
            |> Draft.bind RecipeReading.complete

        RecipeReading.tree file overrides read
        |> Draft.bind compose
        |> Draft.orRaise
        |> UsualLoss.fill known
        |> EvaluationData.fill known

    /// <summary>The second check, on the data that was opened and before any network is built.</summary>
    /// <param name="recipe">A composed recipe.</param>
    /// <param name="catalogue">The known components.</param>
    /// <param name="training">What the training data yields.</param>
    /// <param name="count">How many samples the training data has.</param>
    /// <param name="evaluation">What the evaluation data yields.</param>
    /// <exception cref="T:PluginGan.Core.RecipeException">
    /// A component cannot work with the data, the two datasets differ, or the batch is larger than the data; it lists everything.
    /// </exception>
    static member CheckData
        (recipe: Recipe, catalogue: IReadOnlyList<ComponentDescription>, training: DataSpec, count: int64, evaluation: DataSpec)
        : unit =
        match DataFit.misfits (List.ofSeq catalogue) (Composition.Components recipe) recipe training count evaluation with
        | [] -> ()
        | errors -> raise (RecipeException errors)

    /// <summary>Whether a model that was built for one condition can be given the other. Class names are not compared.</summary>
    /// <param name="one">What it was built for.</param>
    /// <param name="other">What there is.</param>
    static member AreAlike(one: ConditionSpec, other: ConditionSpec) : bool = DataFit.sameCondition one other

    /// <summary>
    /// The feature extractor that suits data, for evaluators that leave it open ("auto"): the one that was fitted on such images, else
    /// one that is fitted on their classes, else one for any data.
    /// </summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="data">What it yields.</param>
    /// <param name="canFit">Whether there is data to fit an extractor on.</param>
    /// <param name="catalogue">The known components.</param>
    /// <returns>The choice; null where no plugin provides an extractor.</returns>
    static member UsualExtractor
        (dataset: ComponentChoice, data: DataSpec, canFit: bool, catalogue: IReadOnlyList<ComponentDescription>)
        : ChosenExtractor | null =
        UsualExtractor.choose (List.ofSeq catalogue) dataset data canFit

    /// <summary>Whether an evaluator leaves its feature extractor open.</summary>
    static member LeavesExtractor(evaluator: ComponentChoice) : bool = UsualExtractor.isLeft evaluator

    /// <summary>An evaluator that leaves its feature extractor open, with the one that is named; every other as it is.</summary>
    static member WithExtractor(evaluator: ComponentChoice, extractor: string) : ComponentChoice = UsualExtractor.name extractor evaluator

    /// <summary>A recipe of which every evaluator names its feature extractor.</summary>
    static member WithExtractor(recipe: Recipe, extractor: string) : Recipe =
        { recipe with
            Evaluators =
                [
                    for evaluator in recipe.Evaluators -> UsualExtractor.name extractor evaluator
                ]
        }

    /// <summary>How data differs from what a run was made for, as the end of a sentence; null where a model notices nothing.</summary>
    static member Difference(was: DataSpec, now: DataSpec) : string | null =
        DataDifference.between was now |> Option.toObj

    /// <summary>The other split of a dataset: with "train" and "test" exchanged in its options, and in those of the datasets that it is made of. The dataset itself where it has no splits.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="catalogue">The known components.</param>
    static member OtherSplit(dataset: ComponentChoice, catalogue: IReadOnlyList<ComponentDescription>) : ComponentChoice =
        EvaluationData.ofOtherSplit catalogue dataset

    /// <summary>
    /// A run's recipe after overrides. Evaluation data that was the other split of the training data still is: where the training data has
    /// moved, it has too.
    /// </summary>
    /// <param name="was">The recipe as the run has recorded it, with its evaluation data named.</param>
    /// <param name="now">The same with the overrides.</param>
    /// <param name="catalogue">The known components.</param>
    static member FollowData(was: Recipe, now: Recipe, catalogue: IReadOnlyList<ComponentDescription>) : Recipe =
        let otherSplit (recipe: Recipe) =
            (EvaluationData.ofOtherSplit catalogue recipe.Dataset).At "evaluation.dataset"

        match Option.ofObj was.Evaluation.Dataset, Option.ofObj now.Evaluation.Dataset with
        | Some before, Some after when before = after && before = otherSplit was ->
            { now with
                Recipe.Evaluation.Dataset = otherSplit now
            }
        | _ -> now

    /// The components of a recipe in the order of their keys: what has to be loaded.
    static member Components(recipe: Recipe) : IReadOnlyList<ComponentUse> = RecipeJson.components recipe

    /// <summary>A component outside any recipe, with its defaults filled in: the extractor that an evaluator asks for, the data of a command.</summary>
    /// <param name="kind">What it is used as.</param>
    /// <param name="name">Its name within its kind.</param>
    /// <param name="options">Options such as "split=test".</param>
    /// <param name="catalogue">The known components.</param>
    /// <exception cref="T:PluginGan.Core.RecipeException">There is no such component, or it has no such options.</exception>
    static member Component
        (kind: ComponentKind, name: string, options: IReadOnlyList<string>, catalogue: IReadOnlyList<ComponentDescription>)
        : ComponentChoice =
        let place = Place.create "" (ComponentKind.noun kind)

        let named =
            {
                Place = place
                Value = Value.Object [ "name", { Place = place; Value = Text name } ]
            }

        Override.applyAll options named
        |> Draft.bind (ComponentJson.plain (Some(List.ofSeq catalogue)) kind).Read
        |> Draft.orRaise
