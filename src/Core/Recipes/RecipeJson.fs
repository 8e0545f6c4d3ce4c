namespace PluginGan.Core

open PluginGan
open PluginGan.Core.Fields

/// A recipe of which parts may be missing because they could not be read.
type internal Outline =
    {
        Components: ComponentUse list
        Recipe: Recipe option
    }

/// A recipe as a whole.
module internal RecipeJson =

    let private regularizer catalogue : Shape<RegularizerChoice> =
        fields {
            let! weight =
                Fields.optional
                    "weight"
                    (fun (choice: RegularizerChoice) -> choice.Weight)
                    (ScheduleJson.ofValue (Shape.number |> Shape.atLeast 0.0))
                    (Schedule.Constant 1.0)
                    "What the penalty is multiplied by, at least 0; may follow a schedule."

            and! interval =
                Fields.optional "interval" _.Interval (Shape.whole<int> |> Shape.atLeast 1) 1 "Computed at every so many iterations only."

            return
                fun choice ->
                    {
                        Component = choice
                        Weight = weight
                        Interval = interval
                    }
        }
        |> ComponentJson.joined catalogue ComponentKind.Regularizer _.Component

    let private augmentation catalogue : Shape<AugmentationChoice> =
        let share = Shape.number |> Shape.atLeast 0.0 |> Shape.atMost 1.0

        Fields.optional
            "strength"
            (fun (choice: AugmentationChoice) -> choice.Strength)
            (ScheduleJson.ofValue share)
            (Schedule.Constant 1.0)
            "0 changes nothing; may follow a schedule."
        |> Fields.map (fun strength choice ->
            {
                Component = choice
                Strength = strength
            })
        |> ComponentJson.joined catalogue ComponentKind.Augmentation _.Component

    let private initialEvaluation =
        {
            Dataset = null
            Extractors = []
            Samples = 2000
            Baseline = true
            Floor = true
            Resamples = 0
        }

    /// Components that stand before under the same name.
    let private repeated node (choices: ComponentChoice seq) =
        choices
        |> List.ofSeq
        |> List.groupBy _.Name
        |> List.collect (snd >> List.tail)
        |> List.map (fun choice ->
            (Node.locate choice.Path node)
            |> Place.error $"'{choice.Name}' is given twice; an evaluator that names it could not tell which is meant")

    let private evaluation catalogue : Shape<EvaluationSettings> =
        let setting name (get: EvaluationSettings -> 'T) = Fields.optional name get

        fields {
            let! dataset =
                Fields.maybe
                    "dataset"
                    (fun (evaluation: EvaluationSettings) -> Option.ofObj evaluation.Dataset)
                    (ComponentJson.plain catalogue ComponentKind.Dataset)
                    "The real samples to compare with; by default the training data's other split."

            and! extractors =
                setting
                    "extractors"
                    _.Extractors
                    (Shape.list (ComponentJson.plain catalogue ComponentKind.FeatureExtractor))
                    initialEvaluation.Extractors
                    "Options of the feature extractors that evaluators name."

            and! samples =
                setting
                    "samples"
                    _.Samples
                    (Shape.whole<int> |> Shape.atLeast 1)
                    initialEvaluation.Samples
                    "How many samples are generated and compared."

            and! baseline =
                setting "baseline" _.Baseline Shape.boolean initialEvaluation.Baseline "Evaluate early, to have something to compare with."

            and! floor =
                setting "floor" _.Floor Shape.boolean initialEvaluation.Floor "Measure real samples against other real samples too."

            and! resamples =
                setting
                    "resamples"
                    _.Resamples
                    (Shape.whole<int> |> Shape.atLeast 0)
                    initialEvaluation.Resamples
                    "Random halves of the samples that are measured for intervals; 0 for none."

            return
                {
                    Dataset = Option.toObj dataset
                    Extractors = extractors
                    Samples = samples
                    Baseline = baseline
                    Floor = floor
                    Resamples = resamples
                }
        }
        |> Fields.check (fun node evaluation -> repeated node evaluation.Extractors)
        |> Fields.shape

    /// The uses of components, which are given in the order of their keys.
    let private uses choices =
        let kinds =
            [
                ComponentKind.Dataset
                ComponentKind.Architecture
                ComponentKind.Loss
                ComponentKind.Objective
                ComponentKind.Regularizer
                ComponentKind.Augmentation
                ComponentKind.Optimizer
                ComponentKind.Dataset
                ComponentKind.FeatureExtractor
                ComponentKind.Evaluator
            ]

        List.zip kinds choices
        |> List.collect (fun (kind, choices) -> [ for choice in choices -> { Kind = kind; Choice = choice } ])

    let private optimizers (training: TrainingSettings) =
        training.DefaultOptimizer.Component
        :: [ for entry in training.Optimizers -> entry.Value.Component ]

    let private orNone (choice: ComponentChoice | null) = choice |> Option.ofObj |> Option.toList

    /// The components of a recipe in the order of its keys.
    let components (recipe: Recipe) =
        uses
            [
                [ recipe.Dataset ]
                [ recipe.Architecture ]
                orNone recipe.Loss
                orNone recipe.Objective
                [ for choice in recipe.Regularizers -> choice.Component ]
                [ for choice in recipe.Augmentations -> choice.Component ]
                optimizers recipe.Training
                orNone recipe.Evaluation.Dataset
                List.ofSeq recipe.Evaluation.Extractors
                List.ofSeq recipe.Evaluators
            ]

    /// <summary>All keys of a recipe.</summary>
    /// <param name="name">The recipe's name where it gives none.</param>
    /// <param name="catalogue">The known components, or none to take every component as it stands.</param>
    let recipe name catalogue : Fields<Recipe, Outline> =
        let setting name (get: Recipe -> 'T) = Fields.optional name get

        let part name (get: Recipe -> 'T) shape description =
            Fields.required name get shape description |> Fields.attempt

        let choice = ComponentJson.plain catalogue

        fields {
            let! name =
                setting "name" _.Name Shape.text name "The name that runs carry; by default that of the file."

            and! seed =
                setting "seed" _.Seed Shape.whole<uint64> 0UL "All randomness follows from it."

            and! dataset =
                part "dataset" _.Dataset (choice ComponentKind.Dataset) "The training data."

            and! architecture =
                part "architecture" _.Architecture (choice ComponentKind.Architecture) "Builds the networks."

            and! game = GameJson.game catalogue |> Fields.attempt

            and! regularizers =
                setting "regularizers" _.Regularizers (Shape.list (regularizer catalogue)) [] "Terms added to the loss."

            and! augmentations =
                setting
                    "augmentations"
                    _.Augmentations
                    (Shape.list (augmentation catalogue))
                    []
                    "Changes of samples before the discriminator."

            and! training =
                part "training" _.Training (TrainingJson.training catalogue) "How it trains."

            and! evaluation =
                setting "evaluation" _.Evaluation (evaluation catalogue) initialEvaluation "How it is evaluated."
                |> Fields.attempt

            and! evaluators =
                setting "evaluators" _.Evaluators (Shape.list (choice ComponentKind.Evaluator)) [] "What measures it."

            let loss, objective =
                game |> Option.bind _.Loss, game |> Option.bind _.Objective

            return
                {
                    Components =
                        uses
                            [
                                Option.toList dataset
                                Option.toList architecture
                                Option.toList loss
                                Option.toList objective
                                [ for choice in regularizers -> choice.Component ]
                                [ for choice in augmentations -> choice.Component ]
                                training |> Option.map optimizers |> Option.defaultValue []
                                evaluation
                                |> Option.map (fun evaluation -> orNone evaluation.Dataset)
                                |> Option.defaultValue []
                                evaluation
                                |> Option.map (fun evaluation -> List.ofSeq evaluation.Extractors)
                                |> Option.defaultValue []
                                List.ofSeq evaluators
                            ]
                    Recipe =
                        match dataset, architecture, game, training, evaluation with
                        | Some dataset, Some architecture, Some _, Some training, Some evaluation ->
                            Some
                                {
                                    Name = name
                                    Seed = seed
                                    Dataset = dataset
                                    Architecture = architecture
                                    Loss = Option.toObj loss
                                    Objective = Option.toObj objective
                                    Regularizers = regularizers
                                    Augmentations = augmentations
                                    Training = training
                                    Evaluation = evaluation
                                    Evaluators = evaluators
                                }
                        | _ -> None
                }
        }
        |> Fields.check (fun root _ -> GameJson.misfits catalogue root)
